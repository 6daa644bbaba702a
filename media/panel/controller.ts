import type { EngineStatus } from '../../src/domain/engineStatus.ts';
import type { TextRange } from '../../src/domain/textRange.ts';
import { Numbers } from './format.ts';
import { QueryHistory } from './history.ts';
import type { Intent } from './keys.ts';
import { recall } from './memory.ts';
import type { FromPanel, ToPanel } from './messages.ts';
import { Page } from './page.ts';
import { PassageWindows } from './passage/passageWindows.ts';
import { Reading } from './reading.ts';
import { Searching } from './searching.ts';
import type { PanelState } from './state.ts';
import { plainWord } from './steer/edits.ts';
import { Steering, TYPED } from './steer/steering.ts';
import { Store } from './store.ts';
import type { Actions } from './views/view.ts';

/** The window's side, as the panel sees it. */
export interface PanelHost {
  post(message: FromPanel): void;
  load(): unknown;
  save(state: unknown): void;
}

type Initialise = Extract<ToPanel, { readonly type: 'initialise' }>;

/** Milliseconds between scrolling and storing the position. */
const SAVE_PAUSE = 150;
/** A longer selection is not a word to look for. */
const LONGEST_PICK = 40;

/** Builds the parts of the panel and passes every message, key and click to one of them. */
export class PanelController {
  readonly #host: PanelHost;
  readonly #page: Page;
  readonly #store: Store;
  readonly #reading: Reading;
  readonly #searching: Searching;
  readonly #steering: Steering;
  readonly #history: QueryHistory;
  readonly #windows = new PassageWindows();
  readonly #actions: Actions;
  #numbers: Numbers;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #laterFrame = 0;

  constructor(root: HTMLElement, host: PanelHost, start: Initialise) {
    const memory = recall(host.load());
    const post = (message: FromPanel): void => host.post(message);
    this.#host = host;
    this.#history = new QueryHistory(memory.history);
    this.#numbers = new Numbers(start.language);
    this.#actions = this.#makeActions();
    this.#store = new Store(
      {
        ...initialState(start),
        query: memory.query,
        channel: memory.channel,
        limit: memory.limit,
        recent: memory.history,
      },
      () => this.#draw(),
    );
    this.#page = new Page(root, {
      onIntent: intent => this.#follow(intent),
      onHit: (id, gesture, at) => this.#onHit(id, gesture, at),
      onBar: (id, group) => this.#reading.point(id, group),
      onLight: lit => this.#reading.light(lit),
      onPick: text => this.#onPick(text),
      onFocusHit: id => this.#reading.select(id),
      onEngage: () => this.#searching.engage(),
      onScroll: () => this.#save(),
      onResize: () => this.#onResize(),
    });
    this.#reading = new Reading(this.#store, this.#page, this.#windows, post);
    this.#draw();
    this.#store.set({ columns: this.#page.measureColumns() });
    this.#searching = new Searching(this.#store, this.#page, this.#reading, this.#history, memory, post);
    this.#steering = new Steering(this.#store, this.#page, this.#searching);
  }

  receive(message: ToPanel): void {
    switch (message.type) {
      case 'initialise':
        this.#numbers = new Numbers(message.language);
        return this.#store.set(settingsOf(message));
      case 'status':
        return this.#onStatus(message.status);
      case 'folders':
        return this.#store.set({ folders: message.count, teams: message.teams });
      case 'results':
        return this.#searching.onResults(message.request, message.result, message.facets);
      case 'failed':
        return this.#searching.onFailed(message.request, message.message);
      case 'show':
        this.#steering.record(TYPED);
        this.#searching.searchFor(message.query, message.channel);
        return this.#searching.remember();
      case 'judged':
        return this.#reading.onJudged(message.request, message.id, message.verdict);
      case 'indexChanged':
        return this.#searching.refresh();
      case 'focus':
        return this.#page.focusBox(true);
      case 'addWord':
        return this.#steering.addWord(message.word);
    }
  }

  #makeActions(): Actions {
    return {
      typed: query => {
        if (query !== this.#store.state.query) this.#steering.record(TYPED);
        this.#searching.typed(query);
      },
      searchFor: query => {
        this.#steering.record('searchFor');
        this.#searching.searchFor(query);
        this.#page.focusBox(false);
      },
      withoutRewriting: id => {
        this.#searching.withoutRewriting(id);
        this.#page.focusBox(false);
      },
      setChannel: channel => this.#searching.setChannel(channel),
      toggleChips: () => this.#store.set({ chipsOpen: !this.#store.state.chipsOpen, steered: null }),
      steerChip: steered =>
        this.#store.set({ steered: this.#store.state.steered === steered ? null : steered }),
      toggleFacets: () => this.#toggleFacets(),
      narrow: query => {
        this.#steering.record('narrow');
        this.#searching.searchFor(query);
        // The value that was clicked is gone with its hits; the next one is a Tab away.
        this.#page.focusFacets();
      },
      weigh: (chip, weight) => this.#steering.weigh(chip, weight),
      toggleChip: chip => this.#steering.toggle(chip),
      pinChip: chip => this.#steering.pin(chip),
      addWord: word => this.#steering.addWord(word),
      excludeWord: word => this.#steering.excludeWord(word),
      undo: () => this.#steering.undo(),
      redo: () => this.#steering.redo(),
      toggleGroup: (id, group) => this.#reading.toggleGroup(id, group),
      compare: (id, other) => this.#reading.compare(id, other),
      toggleWhole: id => this.#reading.toggleWhole(id),
      judge: (id, verdict) => this.#reading.judge(id, verdict),
      sortAnew: () => this.#searching.sortAnew(),
      loadMore: () => this.#searching.loadMore(),
      showFar: () => this.#searching.showFar(),
      command: command => this.#host.post({ type: 'command', command }),
      why: () => this.#host.post({ type: 'why', query: this.#store.state.query }),
    };
  }

  #toggleFacets(): void {
    this.#store.set({ facetsOpen: !this.#store.state.facetsOpen });
    this.#page.focusFacets();
  }

  #follow(intent: Intent): void {
    const { selected } = this.#store.state;
    switch (intent.type) {
      case 'open':
        return this.#openSelected(intent.toSide, intent.preview);
      case 'move':
        return this.#reading.move(intent.to);
      case 'enterList':
        return this.#reading.enter();
      case 'toBox':
        return this.#page.focusBox(false);
      case 'clear':
        this.#steering.record(TYPED);
        return this.#searching.searchFor('');
      case 'undo':
        return this.#steering.undo();
      case 'redo':
        return this.#steering.redo();
      case 'expand':
      case 'collapse':
        if (selected !== null) this.#reading.unfold(selected, intent.type === 'expand' ? 1 : -1);
        return;
      case 'judge':
        if (selected !== null) this.#reading.judge(selected, intent.verdict);
        return;
      case 'olderQuery':
        return this.#searching.step('older');
      case 'newerQuery':
        return this.#searching.step('newer');
    }
  }

  /** While the answer is still to come, Enter searches at once; it never opens an earlier hit. */
  #openSelected(toSide: boolean, preview: boolean): void {
    this.#searching.remember();
    if (this.#searching.flush() || this.#searching.isStale) return;
    const { selected } = this.#store.state;
    if (selected !== null) this.#reading.open(selected, null, toSide, preview);
  }

  /** Works like the workbench's lists: one click selects (in the sidebar with a preview), two open. */
  #onHit(id: string, gesture: 'click' | 'open' | 'openToSide', at: TextRange | null): void {
    this.#reading.select(id, true);
    this.#searching.remember();
    if (gesture !== 'click') this.#reading.open(id, at, gesture === 'openToSide', false);
    else if (this.#store.state.surface === 'sidebar') this.#reading.open(id, at, false, true);
  }

  #onPick(text: string | null): void {
    const word = text === null ? '' : plainWord(text);
    const picked = word === '' || word.length > LONGEST_PICK ? null : word;
    if (picked !== this.#store.state.picked) this.#store.set({ picked });
  }

  #onStatus(status: EngineStatus): void {
    const recovered = this.#store.state.status.activity === 'failed' && status.activity !== 'failed';
    this.#store.set({ status });
    if (recovered) this.#searching.retry();
  }

  #onResize(): void {
    cancelAnimationFrame(this.#laterFrame);
    this.#laterFrame = requestAnimationFrame(() => {
      const columns = this.#page.measureColumns();
      if (columns !== this.#store.state.columns) this.#store.set({ columns });
    });
  }

  #draw(): void {
    this.#page.draw({
      state: this.#store.state,
      act: this.#actions,
      numbers: this.#numbers,
      windows: this.#windows,
    });
    this.#save();
  }

  #save(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => {
      const { query, channel, selected, limit } = this.#store.state;
      this.#host.save({
        query,
        channel,
        selected: this.#reading.chosen ? selected : null,
        anchor: this.#page.scroller.anchor(),
        limit,
        history: this.#history.queries,
      });
    }, SAVE_PAUSE);
  }
}

function settingsOf({
  surface,
  language,
  strings,
  status,
}: Initialise): Pick<PanelState, 'surface' | 'language' | 'text' | 'status'> {
  return { surface, language, text: strings, status };
}

function initialState(start: Initialise): PanelState {
  return {
    ...settingsOf(start),
    folders: null,
    teams: 0,
    query: '',
    channel: 'hybrid',
    limit: 0,
    far: false,
    recent: [],
    searching: false,
    shown: null,
    failure: null,
    selected: null,
    levels: new Map(),
    verdicts: new Map(),
    flash: null,
    lit: null,
    openGroups: new Set(),
    comparison: null,
    chipsOpen: false,
    facets: [],
    facetsOpen: false,
    steered: null,
    picked: null,
    isSteered: false,
    canUndo: false,
    canRedo: false,
    columns: 40,
  };
}
