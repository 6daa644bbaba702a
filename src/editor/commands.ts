/** Every command the extension contributes. package.json is checked against this table by a test. */
export const commands = {
  search: 'malmoi.search',
  searchSelection: 'malmoi.searchSelection',
  findSimilar: 'malmoi.findSimilar',
  openPanel: 'malmoi.openPanel',
  showInPanel: 'malmoi.showInPanel',
  nextMatch: 'malmoi.nextMatch',
  previousMatch: 'malmoi.previousMatch',
  nextWord: 'malmoi.nextWord',
  previousWord: 'malmoi.previousWord',
  openHit: 'malmoi.openHit',
  openHitToSide: 'malmoi.openHitToSide',
  openAsText: 'malmoi.openAsText',
  openOriginal: 'malmoi.openOriginal',
  chooseEncoding: 'malmoi.chooseEncoding',
  copyPath: 'malmoi.copyPath',
  copyPassage: 'malmoi.copyPassage',
  markRelevant: 'malmoi.judgeRight',
  markNotRelevant: 'malmoi.judgeWrong',
  clearRelevance: 'malmoi.judgeNothing',
  clearResults: 'malmoi.clearResults',
  clearTints: 'malmoi.clearTints',
  statusMenu: 'malmoi.statusMenu',
  showLedger: 'malmoi.showLedger',
  whyNot: 'malmoi.whyNot',
  indexFirst: 'malmoi.indexFirst',
  pause: 'malmoi.pause',
  resume: 'malmoi.resume',
  rebuild: 'malmoi.rebuild',
  restartEngine: 'malmoi.restartEngine',
  chooseModel: 'malmoi.chooseModel',
  downloadModel: 'malmoi.downloadModel',
  importModel: 'malmoi.importModel',
  removeModel: 'malmoi.removeModel',
  showModelJob: 'malmoi.showModelJob',
  cancelModelJob: 'malmoi.cancelModelJob',
  cancelModelSwitch: 'malmoi.cancelModelSwitch',
  showCoverage: 'malmoi.showCoverage',
  filterCoverage: 'malmoi.filterCoverage',
  clearCoverageFilter: 'malmoi.clearCoverageFilter',
  exportCoverage: 'malmoi.exportCoverage',
  retryFile: 'malmoi.retryFile',
  revealFile: 'malmoi.revealFile',
  findRelated: 'malmoi.findRelated',
  findRelatedFiles: 'malmoi.findRelatedFiles',
  openRelated: 'malmoi.openRelated',
  followCursor: 'malmoi.followCursor',
  stopFollowingCursor: 'malmoi.stopFollowingCursor',
  saveSearch: 'malmoi.saveSearch',
  openSaved: 'malmoi.openSaved',
  removeSaved: 'malmoi.removeSaved',
  narrow: 'malmoi.narrow',
  copyLink: 'malmoi.copyLink',
  copyQuotation: 'malmoi.copyQuotation',
  exportResults: 'malmoi.exportResults',
  openSearchEditor: 'malmoi.openSearchEditor',
  showLog: 'malmoi.showLog',
  openSettings: 'malmoi.openSettings',
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

/** Commands that make sense only with an argument or on an item; they are hidden from the command palette. */
export const internalCommands: ReadonlySet<CommandId> = new Set([
  commands.openHit,
  commands.openHitToSide,
  commands.copyPath,
  commands.copyPassage,
  commands.markRelevant,
  commands.markNotRelevant,
  commands.clearRelevance,
  commands.retryFile,
  commands.revealFile,
  commands.openRelated,
  commands.openSaved,
  commands.removeSaved,
  commands.copyLink,
  commands.copyQuotation,
]);

/** The only commands that links in a hover may run. */
export const hoverCommands: readonly CommandId[] = [
  commands.nextWord,
  commands.previousWord,
  commands.nextMatch,
  commands.previousMatch,
  commands.showInPanel,
];

export const views = {
  container: 'malmoi',
  /** In the secondary sidebar; an editor that has none for extensions shows its view in the explorer. */
  relatedContainer: 'malmoi-related',
  panel: 'malmoi.panel',
  results: 'malmoi.results',
  coverage: 'malmoi.coverage',
  related: 'malmoi.related',
  saved: 'malmoi.saved',
  /** `viewType` of the panel as an editor tab. */
  panelTab: 'malmoi.panelTab',
} as const;

/** Names for `when` clauses in package.json. */
export const contextKeys = {
  hasResults: 'malmoi.hasResults',
  nothingFound: 'malmoi.nothingFound',
  hasTints: 'malmoi.hasTints',
  modelJob: 'malmoi.modelJob',
  modelSwitch: 'malmoi.modelSwitch',
  coverageFiltered: 'malmoi.coverageFiltered',
  relatedAsked: 'malmoi.relatedAsked',
} as const;
