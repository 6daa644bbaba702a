/**
 * Every text the panel shows, in Korean and English. Whole sentences with `{0}` places, never fragments:
 * the host picks a table with `panelText` and sends it in `initialise`, so the webview carries neither.
 */

export const KOREAN_PANEL_TEXT = {
  title: '말모이 검색',
  queryLabel: '찾을 말',
  queryPlaceholder: '찾고 싶은 것을 말하듯이 적으세요',
  channelGroup: '찾는 방법',
  channelSemantic: '뜻',
  channelSemanticTip: '뜻이 가까운 문단을 찾습니다',
  channelLexical: '글자',
  channelLexicalTip: '적은 글자가 그대로 있는 문단을 찾습니다',

  statusStarting: '시작하는 중',
  statusScanning: '문서를 살펴보는 중 · {0}개',
  statusIndexing: '색인 중 {0}/{1}',
  statusIndexingSoon: '색인 중 {0}/{1} · 곧 끝남',
  statusIndexingMinutes: '색인 중 {0}/{1} · 약 {2}분',
  statusIndexingHours: '색인 중 {0}/{1} · 약 {2}시간',
  statusIdle: '{0} 문서 · 색인 완료',
  statusIdleFailed: '{0} 문서 · 못 읽은 파일 {1}',
  statusPaused: '색인 멈춤 {0}/{1}',
  statusFailed: '검색 엔진이 멈춤',
  statusTip: '색인 현황 보기',

  count: '{0}개 문단 · {1} ms',
  countShown: '{0}개 문단 중 {1}개 · {2} ms',
  whyMissing: '이 문서는 왜 안 나왔지?',
  announceCount: '문단 {0}개를 찾았습니다.',
  announceNone: '맞는 문단이 없습니다.',

  legendLabel: '낱말을 찾은 방법',
  kindLiteral: '글자 그대로',
  kindQueryExpansion: '질의에서 넓힌 말',
  kindDocumentExpansion: '문서에서 넓힌 말',
  kindBothExpansion: '양쪽에서 넓힌 말',

  chipsLabel: '질의에서 읽은 낱말과 그 무게',
  chipsMore: '+ {0}',
  chipsMoreTip: '넓힌 낱말 {0}개 더 보기',
  chipsLess: '접기',

  hitsLabel: '찾은 문단',
  hitScoreTip: '점수 {0}',
  hitFadedTip: '글자로는 맞지만, 뜻까지 견주면 순위에서 빠지는 문단입니다.',
  passageMore: '문단 전체 보기',
  passageLess: '줄여 보기',
  loadMore: '더 보기',
  reorderNote: '뜻까지 견준 순서가 나왔습니다.',
  reorder: '새 순서로 정렬',

  barsLabel: '점수를 이루는 낱말',
  barExpansion: '{0} → {1}',
  barExpansionMore: '{0} → {1} 외 {2}',
  barRest: '그 외 {0}개',
  barTip: '{0}: 본문에서 어디인지 보기',

  firstTitle: '뜻으로 찾습니다',
  firstBody:
    '문서에 적힌 말과 달라도 뜻이 가까우면 찾아내고, 왜 찾았는지 낱말마다 보여 줍니다. 문서는 이 컴퓨터를 떠나지 않습니다.',
  recentLabel: '최근에 찾은 말',
  examplesLabel: '이렇게 물어보세요',
  example1: '연차는 며칠 전에 신청하나요',
  example2: '지난 회의에서 정한 배포 일정',
  example3: '환불해 주지 않아도 되는 경우',
  progressLabel: '색인 진행',
  progressHint: '색인이 끝나지 않아도 지금까지 읽은 문서에서 찾을 수 있습니다.',
  pause: '멈춤',
  resume: '계속',

  noneTitle: '“{0}”에 맞는 문단이 없습니다',
  noneTriedHybrid: '뜻과 글자로 모두 찾아보았습니다. 다른 말로 바꾸거나 낱말을 줄여 보세요.',
  noneTriedSemantic: '뜻으로만 찾아보았습니다. 글자로도 찾으면 이름이나 번호를 찾을 수 있습니다.',
  noneTriedLexical: '글자로만 찾아보았습니다. 뜻으로도 찾으면 다르게 적힌 문단을 찾을 수 있습니다.',
  noneIndexing: '아직 색인 중입니다({0}/{1}). 문서를 더 읽으면 저절로 다시 찾습니다.',
  widen: '뜻과 글자로 모두 찾기',
  openLedger: '색인 현황 보기',

  noFolderTitle: '열린 폴더가 없습니다',
  noFolderBody: '문서가 있는 폴더를 열면 그 안에서 찾아 드립니다.',
  openFolder: '폴더 열기',
  noDocumentsTitle: '찾을 문서가 아직 없습니다',
  noDocumentsBody:
    '이 폴더에서 읽을 수 있는 문서를 찾지 못했습니다. 무엇을 왜 건너뛰었는지 색인 현황에 있습니다.',

  engineFailedTitle: '검색 엔진이 멈췄습니다',
  engineFailedBody: '문서는 그대로 있습니다. 다시 시작해도 멈추면 로그를 살펴보세요.',
  searchFailedTitle: '검색하지 못했습니다',
  restart: '다시 시작',
  showLog: '로그 보기',
  openSettings: '설정 열기',
};

/** The panel's texts: the same keys in every language. */
export type PanelText = Readonly<Record<keyof typeof KOREAN_PANEL_TEXT, string>>;

export const ENGLISH_PANEL_TEXT: PanelText = {
  title: 'Malmoi Search',
  queryLabel: 'What to look for',
  queryPlaceholder: 'Ask in your own words',
  channelGroup: 'How to search',
  channelSemantic: 'Meaning',
  channelSemanticTip: 'Finds passages close in meaning',
  channelLexical: 'Text',
  channelLexicalTip: 'Finds passages that contain the words as typed',

  statusStarting: 'Starting',
  statusScanning: 'Looking for documents · {0}',
  statusIndexing: 'Indexing {0}/{1}',
  statusIndexingSoon: 'Indexing {0}/{1} · almost done',
  statusIndexingMinutes: 'Indexing {0}/{1} · about {2} min',
  statusIndexingHours: 'Indexing {0}/{1} · about {2} h',
  statusIdle: 'Documents: {0} · up to date',
  statusIdleFailed: 'Documents: {0} · unreadable: {1}',
  statusPaused: 'Indexing paused {0}/{1}',
  statusFailed: 'Search engine stopped',
  statusTip: 'Show the index report',

  count: 'Passages: {0} · {1} ms',
  countShown: 'Passages: {1} of {0} · {2} ms',
  whyMissing: 'Why is a document missing?',
  announceCount: 'Passages found: {0}.',
  announceNone: 'No passage matches.',

  legendLabel: 'How a word matched',
  kindLiteral: 'As written',
  kindQueryExpansion: 'Widened from the query',
  kindDocumentExpansion: 'Widened from the document',
  kindBothExpansion: 'Widened on both sides',

  chipsLabel: 'Words read from the query, with their weights',
  chipsMore: '+ {0}',
  chipsMoreTip: 'Show {0} more widened words',
  chipsLess: 'Fewer',

  hitsLabel: 'Passages found',
  hitScoreTip: 'Score {0}',
  hitFadedTip: 'Matches the letters, but drops out of the ranking once meaning is compared.',
  passageMore: 'Show the whole passage',
  passageLess: 'Show less',
  loadMore: 'Show more',
  reorderNote: 'The order by meaning is ready.',
  reorder: 'Sort in the new order',

  barsLabel: 'Words that make up the score',
  barExpansion: '{0} → {1}',
  barExpansionMore: '{0} → {1} and {2} more',
  barRest: 'Others: {0}',
  barTip: '{0}: show where it is in the text',

  firstTitle: 'Search by meaning',
  firstBody:
    'Finds passages that mean what you ask, even in other words, and shows word by word why. Your documents never leave this computer.',
  recentLabel: 'Recent searches',
  examplesLabel: 'Try asking',
  example1: '연차는 며칠 전에 신청하나요',
  example2: '지난 회의에서 정한 배포 일정',
  example3: '환불해 주지 않아도 되는 경우',
  progressLabel: 'Indexing progress',
  progressHint: 'You can already search the documents read so far.',
  pause: 'Pause',
  resume: 'Resume',

  noneTitle: 'No passage matches “{0}”',
  noneTriedHybrid: 'Searched by meaning and by text. Try other or fewer words.',
  noneTriedSemantic: 'Searched by meaning only. Searching the text as well finds names and numbers.',
  noneTriedLexical: 'Searched the text only. Searching by meaning as well finds passages in other words.',
  noneIndexing: 'Still indexing ({0}/{1}). The search repeats by itself as more documents are read.',
  widen: 'Search by meaning and text',
  openLedger: 'Show the index report',

  noFolderTitle: 'No folder is open',
  noFolderBody: 'Open a folder with documents to search in it.',
  openFolder: 'Open Folder',
  noDocumentsTitle: 'No documents to search yet',
  noDocumentsBody:
    'No readable document was found in this folder. The index report says what was skipped and why.',

  engineFailedTitle: 'The search engine stopped',
  engineFailedBody: 'Your documents are untouched. If it stops again after a restart, look at the log.',
  searchFailedTitle: 'The search failed',
  restart: 'Restart',
  showLog: 'Show Log',
  openSettings: 'Open Settings',
};

/** The table for a BCP 47 language: Korean for `ko…`, English for every other. */
export function panelText(language: string): PanelText {
  return /^ko\b/i.test(language) ? KOREAN_PANEL_TEXT : ENGLISH_PANEL_TEXT;
}
