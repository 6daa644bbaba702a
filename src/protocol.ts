/**
 * Every message between a client (a window or the command line) and the engine process, typed.
 *
 * Transport: JSON-RPC 2.0 (vscode-jsonrpc) over a local socket or named pipe. Offsets are UTF-16 code
 * units; lines are zero-based; times are milliseconds; scores have no unit. Everything here is plain JSON.
 */
import { NotificationType, NotificationType0, ProgressType, RequestType, RequestType0 } from 'vscode-jsonrpc';

/** Raised when the shape of any message changes; client and engine must agree. */
export const PROTOCOL_VERSION = 8;

/** A half-open span of UTF-16 code units inside the text it belongs to. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

export type Channel = 'hybrid' | 'semantic' | 'lexical';

/**
 * How a contribution came about:
 * - `literal`: the word stands in the query and in the passage;
 * - `name`: the query is the name of the passage's file (of one that waits, its words stand in name or folders);
 * - `rewritten`: the passage has another form of the word (`SearchResult.rewritings`);
 * - `queryExpansion`: the model added it to the query, and the passage has it;
 * - `documentExpansion`: it stands in the query, and the model added it to the passage;
 * - `bothExpansion`: the model added it on both sides.
 */
export type MatchKind =
  'literal' | 'name' | 'rewritten' | 'queryExpansion' | 'documentExpansion' | 'bothExpansion';

/** One addend of a hit's score. The `value`s of a hit sum to its `score` (within 1e-6). */
export interface Contribution {
  /** What matched: a query word (lexical) or a model dimension's display name (semantic). */
  readonly token: string;
  readonly channel: 'lexical' | 'semantic';
  readonly kind: MatchKind;
  /** Index into `SearchResult.words` of the query word it answers. */
  readonly word: number;
  /** Weight on the query's side, before the channel's constant. */
  readonly query: number;
  /** Weight on the passage's side. */
  readonly passage: number;
  readonly value: number;
  /** Places in the hit's `text` that carry it; empty where the word stands in the headings only. */
  readonly ranges: readonly TextRange[];
}

/** One dimension or word of the analysed query. */
export interface QueryTerm {
  readonly token: string;
  readonly weight: number;
  /** Index into `SearchResult.words`. */
  readonly word: number;
  /** True if the model added it; false if it stands in the query. */
  readonly expansion: boolean;
}

/** A surface word of the query: what the user typed, the unit that gets a colour. */
export interface QueryWord {
  readonly text: string;
  readonly range: TextRange;
}

export interface Hit {
  /** Identifies the passage until its file changes: stable across searches. */
  readonly id: string;
  /** Absolute path of the folder that was indexed. */
  readonly folder: string;
  /** Path relative to the folder, `/`-separated. */
  readonly file: string;
  /** Zero-based first and last line of the passage, and the column (UTF-16) where it starts. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** Heading trail, outermost first; may be empty. The document's title, if any, is the first entry. */
  readonly headings: readonly string[];
  /** The passage's text as it stands in the decoded file (not normalised). */
  readonly text: string;
  readonly score: number;
  /** Complete and sorted by `value`, largest first. */
  readonly contributions: readonly Contribution[];
  /** What the user said of it when the same query found it. */
  readonly verdict?: 'right' | 'wrong';
  /** The file is listed and not read yet: it is found by its name, and there is no passage to show. */
  readonly waiting?: true;
}

/** Which files a search looks at; all that is given must hold. */
export interface FileFilter {
  /** Globs relative to the folder; a word without wildcards means a folder or a part of a file's name. */
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** With or without the dot, in any case. */
  readonly extensions?: readonly string[];
  /** Modification time: `from <= time < before`, ms since 1970. */
  readonly modifiedFrom?: number;
  readonly modifiedBefore?: number;
  /** Spans in which it must not have been modified. */
  readonly notModifiedIn?: readonly { readonly from: number; readonly before: number }[];
}

/** What a part of a query asks for; `word`, `phrase` and `heading` are literal, `meaning` is not. */
export type QueryChipKind =
  'word' | 'phrase' | 'meaning' | 'weight' | 'path' | 'extension' | 'tag' | 'heading' | 'modified';

/** A part of the query that is more than words to look for: an operator. */
export interface QueryChip {
  readonly kind: QueryChipKind;
  /** What it says must not hold. */
  readonly negative: boolean;
  /** As the person wrote it, without the operator; formats as extensions ("hwp, hwpx"). */
  readonly text: string;
  /** Its place in the query. Chips are in order and do not overlap. */
  readonly range: TextRange;
  /** How much more its words count; 1 where nothing was said. */
  readonly weight: number;
  /** For `modified`: `from <= time < before`, ms since 1970, each where it was said. */
  readonly modified: { readonly from: number | null; readonly before: number | null } | null;
  /** The query without it: every other chip stays. */
  readonly without: string;
}

/** A condition that plain words of the query may stand for (지난주 수정한, PDF만). It is off: the words are words. */
export interface QuerySuggestion extends Pick<
  QueryChip,
  'kind' | 'negative' | 'text' | 'range' | 'modified'
> {
  /** The query with the condition turned on: an operator in place of the words. */
  readonly query: string;
}

/** What was taken as text, or left out, and why (`needsMeaning`: `~-`, without the semantic channel). Data. */
export type QueryNoticeKind =
  | 'unclosedQuote'
  | 'emptyQuote'
  | 'operatorWithoutWord'
  | 'weightWithoutNumber'
  | 'weightBounded'
  | 'weightUnused'
  | 'fieldWithoutValue'
  | 'unknownField'
  | 'unknownDate'
  | 'unknownPath'
  | 'unknownExtension'
  | 'unknownTag'
  | 'tooManyParts'
  | 'tooLong'
  | 'needsMeaning';

export interface QueryNotice {
  readonly kind: QueryNoticeKind;
  /** Its place in the query. */
  readonly range: TextRange;
}

/**
 * What a word of the query was also looked for as, and why: another way to write a date, an amount, a name or number
 * with its hyphens, a longer word that has it, loose jamo put together, 초성, an unfinished syllable, the
 * other keyboard layout, 한자 by their reading, another spelling of a loan word, a glossary, a slip of the
 * fingers, other forms of a verb or adjective.
 */
export type RewritingKind =
  | 'date'
  | 'amount'
  | 'joined'
  | 'part'
  | 'composition'
  | 'initials'
  | 'halfTyped'
  | 'layout'
  | 'hanja'
  | 'loanword'
  | 'sound'
  | 'glossary'
  | 'typo'
  | 'inflection';

export interface QueryRewriting {
  /** The same for the same words of any query: for `SearchParams.withoutRewritings`. */
  readonly id: string;
  readonly kind: RewritingKind;
  /** Index into `SearchResult.words`. */
  readonly word: number;
  /** The word as it was typed. */
  readonly from: string;
  /** A word that documents have. */
  readonly to: string;
}

export interface SearchParams {
  /** Folders to search, absolute paths; each must have been opened with `OpenFoldersRequest`. */
  readonly folders: readonly string[];
  readonly query: string;
  /** How many passages at most. 1..200. */
  readonly limit: number;
  readonly channel: Channel;
  /** Hits below this share of the best score are left out, 0..1. Default 0.2; 0 keeps all. */
  readonly floor?: number;
  readonly filter?: FileFilter;
  /** The query is text as it stands (a selection, a paragraph): nothing in it is an operator. */
  readonly plain?: boolean;
  /** The query is still being typed: its last word may be the beginning of one. */
  readonly typing?: boolean;
  /** Ids of rewritings that are not wanted. */
  readonly withoutRewritings?: readonly string[];
}

export interface SearchResult {
  /** `literal` results come as progress, at once; `final` is the request's answer. */
  readonly stage: 'literal' | 'final';
  /** What the query asks for besides its words, and what of it was not understood. */
  readonly chips: readonly QueryChip[];
  readonly queryNotices: readonly QueryNotice[];
  /** Conditions that may be meant, for the person to turn on. */
  readonly suggestions: readonly QuerySuggestion[];
  /** What its words were also looked for as, of what was found: most likely first for each word. */
  readonly rewritings: readonly QueryRewriting[];
  readonly words: readonly QueryWord[];
  /** The query's terms, heaviest first. */
  readonly terms: readonly QueryTerm[];
  /** Best first. */
  readonly hits: readonly Hit[];
  /** What comes after them and has too little of the query to be an answer: to be folded away. Best first. */
  readonly further: readonly Hit[];
  /** Where the query's conditions left nothing: how it would be without them. */
  readonly unconditional: UnconditionalResult | null;
  /** Passages with a score above zero; where a phrase was asked for, beyond the hits those that may have it. */
  readonly total: number;
  /** Time inside the engine. */
  readonly milliseconds: number;
  /** Set when the semantic channel could not take part, with the reason (already localised). */
  readonly notice: string | null;
}

export interface UnconditionalResult {
  /** The words of the query without its conditions. */
  readonly query: string;
  readonly hits: readonly Hit[];
  readonly total: number;
}

/** Which symbolic links are followed: none, those that stay in the folder, or all. */
export type LinkPolicy = 'none' | 'inside' | 'everywhere';

export interface FolderOptions {
  readonly path: string;
  /** Shown name of the workspace folder. */
  readonly name: string;
  /** Globs of what to index (default: every readable type) and what to leave out, relative to the folder. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly useIgnoreFiles: boolean;
  /** Default `inside`. */
  readonly links?: LinkPolicy;
  /** The user's glossary: a text file, absolute or relative to the folder. Default `.malmoi/glossary.txt`. */
  readonly glossary?: string;
}

/** A folder as a client asks for it. */
export interface FolderRequest extends FolderOptions {
  /**
   * The client only looks at the index as it is: options that others opened the folder with stay (but for a
   * glossary that is named), and the folder is not compared with its index.
   */
  readonly asItIs?: boolean;
}

export type FileState = 'indexed' | 'skipped' | 'failed' | 'waiting';

/** Why a file is skipped or failed, or what is worth saying of an indexed one. Data; the client words it. */
export type FileReason =
  | 'tooLarge'
  | 'binary'
  | 'empty'
  | 'unreadable'
  | 'noPermission'
  | 'vanished'
  | 'badEncoding'
  | 'tooManyPassages'
  | 'encoderFailed'
  | 'noText'
  /** Indexed, but for places that could not be decoded. */
  | 'partlyUnreadable'
  | 'ignored'
  | 'link'
  | 'timeout';

/** One row of the ledger: every file that is, or could have been, indexed. */
export interface LedgerEntry {
  readonly folder: string;
  readonly path: string;
  readonly state: FileState;
  readonly reason: FileReason | null;
  /** Technical detail for the reason (an error's message), never a note's content. */
  readonly detail: string | null;
  readonly passages: number;
}

export type EngineActivity = 'starting' | 'scanning' | 'indexing' | 'idle' | 'paused' | 'failed';

export interface EngineStatus {
  readonly activity: EngineActivity;
  /** Files already settled and files known, over the client's folders. */
  readonly done: number;
  readonly total: number;
  readonly documents: number;
  readonly passages: number;
  readonly failed: number;
  readonly skipped: number;
  /** Size of the indexes, on disk and in memory. */
  readonly bytes: number;
  /** Measured encoding speed, 0 until known; and seconds left at that speed, null if unknown. */
  readonly tokensPerSecond: number;
  readonly secondsLeft: number | null;
  readonly model: ModelInfo | null;
  /** Another model that is being made ready: until its indexes are whole, `model` answers. */
  readonly switching: ModelSwitch | null;
  /** A model that is being brought in. */
  readonly job: ModelJob | null;
  /** A message to show (already localised) when `activity` is `failed` or an index was repaired. */
  readonly problem: string | null;
}

export interface ModelInfo {
  readonly name: string;
  readonly revision: string;
  readonly license: string;
  readonly dimensions: number;
  readonly fingerprint: string;
}

export interface ModelSwitch {
  /** Name of the model that is being made ready. */
  readonly name: string;
  /** Files of all open folders settled for it, and known. */
  readonly done: number;
  readonly total: number;
  /** At the speed measured on this machine; null until known. */
  readonly secondsLeft: number | null;
}

export type ModelJobStep = 'download' | 'unpack' | 'copy' | 'fidelity' | 'weights' | 'checksums';

export interface ModelJob {
  readonly kind: 'download' | 'import';
  /** The hub's id, or the file's or folder's name. */
  readonly name: string;
  readonly step: ModelJobStep;
  /** Units of the step: bytes, stages or files. */
  readonly done: number;
  readonly total: number;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

export interface ModelEntry {
  readonly name: string;
  readonly revision: string;
  readonly license: string;
  readonly languages: readonly string[];
  readonly bytes: number;
  readonly quantisation: string;
  /** Comes with Malmoi. */
  readonly embedded: boolean;
  readonly selected: boolean;
  /** An index of every open folder exists for it: using it takes no encoding of what is unchanged. */
  readonly indexed: boolean;
}

/** A model that can be downloaded. Sizes are approximate until `HubListingRequest` has asked. */
export interface KnownModelEntry {
  readonly id: string;
  readonly license: string;
  readonly bytes: number;
  readonly languages: readonly string[];
  readonly maxTokens: number;
  /** Localised. */
  readonly note: string;
  readonly installed: boolean;
}

export interface ModelList {
  readonly models: readonly ModelEntry[];
  readonly known: readonly KnownModelEntry[];
}

/** The window's network settings; the engine adds those of its environment. */
export interface NetworkSettings {
  readonly proxy: string | null;
  readonly noProxy: readonly string[];
  readonly strictSsl: boolean;
  /** Base URL in place of the hub's; null for the hub. */
  readonly mirror: string | null;
}

/** What a download will fetch: shown before the user agrees to it. */
export interface HubModel {
  readonly id: string;
  readonly commit: string;
  readonly license: string;
  readonly bytes: number;
  /** Where from. */
  readonly base: string;
}

export type ModelQuantisation = 'auto' | 'fp32' | 'w8' | 'u8' | 's7' | 's4';

export interface DownloadModelParams {
  readonly id: string;
  /** The commit that was shown and agreed to. */
  readonly commit: string;
  readonly network: NetworkSettings;
  readonly quantisation: ModelQuantisation;
}

export interface ImportModelParams {
  /** Absolute path of a folder, archive, or part of one. */
  readonly path: string;
  readonly quantisation: ModelQuantisation;
}

/** `null` takes back what was said. */
export type Verdict = 'right' | 'wrong' | null;

/** What the user says of a hit: kept in the user's data folder, sent nowhere. */
export interface JudgeParams {
  /** Absolute path of the open folder, as in the hit. */
  readonly folder: string;
  readonly query: string;
  readonly file: string;
  readonly headings: readonly string[];
  readonly text: string;
  readonly verdict: Verdict;
}

export interface HelloParams {
  readonly protocol: number;
  readonly version: string;
  /** BCP 47, decides the language of localised texts. */
  readonly language: string;
}

export interface HelloResult {
  readonly protocol: number;
  readonly version: string;
  readonly pid: number;
}

export const HelloRequest = new RequestType<HelloParams, HelloResult, void>('malmoi/hello');
/** Replaces this client's set of folders; starts reconciling them in the background. */
export const OpenFoldersRequest = new RequestType<readonly FolderRequest[], null, void>('malmoi/openFolders');
/** Answers when the index of an open folder equals the folder, or indexing has failed (`EngineStatus.problem`). */
export const UpdateFolderRequest = new RequestType<string, null, void>('malmoi/updateFolder');
/** Answers when searches know the words of all open folders, as of now. */
export const LexiconReadyRequest = new RequestType0<null, void>('malmoi/lexiconReady');
export const SearchRequest = new RequestType<SearchParams & { readonly token: string }, SearchResult, void>(
  'malmoi/search',
);
/** Carries the `literal` stage of a running search, under the request's `token`. */
export const SearchProgress = new ProgressType<SearchResult>();
export const StatusRequest = new RequestType0<EngineStatus, void>('malmoi/status');
export const LedgerRequest = new RequestType0<readonly LedgerEntry[], void>('malmoi/ledger');
/** Answers when it is durable. */
export const JudgeRequest = new RequestType<JudgeParams, null, void>('malmoi/judge');
export const PauseRequest = new RequestType0<null, void>('malmoi/pause');
export const ResumeRequest = new RequestType0<null, void>('malmoi/resume');
/** Throws the index of this client's folders away and builds it anew. */
export const RebuildRequest = new RequestType0<null, void>('malmoi/rebuild');
export const ListModelsRequest = new RequestType0<ModelList, void>('malmoi/listModels');
/** Asks the hub (one small request): nothing is downloaded. */
export const HubListingRequest = new RequestType<
  { readonly id: string; readonly network: NetworkSettings },
  HubModel,
  void
>('malmoi/hubListing');
/**
 * Brings a model in and answers its name; one at a time for all clients. `EngineStatus.job` shows how far it is.
 * Cancelling the request (by any window, `CancelModelJobRequest`) keeps what a later one can resume.
 */
export const DownloadModelRequest = new RequestType<DownloadModelParams, { readonly name: string }, void>(
  'malmoi/downloadModel',
);
export const ImportModelRequest = new RequestType<ImportModelParams, { readonly name: string }, void>(
  'malmoi/importModel',
);
export const CancelModelJobRequest = new RequestType0<null, void>('malmoi/cancelModelJob');
/**
 * Selects an installed model for this and every later engine. Answers as soon as the change has begun; the open
 * folders are encoded again in the background (`EngineStatus.switching`), then it answers searches. Choosing
 * the model that answers now ends a change under way.
 */
export const UseModelRequest = new RequestType<string, null, void>('malmoi/useModel');
/** Removes an installed model that is neither selected nor embedded, with its indexes of open folders. */
export const RemoveModelRequest = new RequestType<string, null, void>('malmoi/removeModel');
/** Ends the engine for every client (used when a newer client finds an older engine). */
export const ShutdownRequest = new RequestType0<null, void>('malmoi/shutdown');

/** Client -> engine: something happened to these absolute paths (saved, created, changed, deleted). */
export const FilesChangedNotification = new NotificationType<readonly string[]>('malmoi/filesChanged');
/**
 * Engine -> client: this process ends on purpose and answers nothing more. It closes the connection when it has let
 * go of the store; then the client finds another engine, or starts one, and asks again.
 */
export const LeavingNotification = new NotificationType0('malmoi/leaving');
/** Engine -> client: at most every 200 ms. */
export const StatusNotification = new NotificationType<EngineStatus>('malmoi/statusChanged');
/** Engine -> client: a line for the log. Never a note's content, never a query. */
export const LogNotification = new NotificationType<string>('malmoi/log');
/** Engine -> client: index content changed; shown results may be stale. At most every second. */
export const IndexChangedNotification = new NotificationType0('malmoi/indexChanged');
