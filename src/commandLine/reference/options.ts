/** Every option of the command line: what it takes, and what it is for. */

export interface OptionReference {
  /** One letter. */
  readonly short?: string;
  /** The value's name; none for a switch. */
  readonly value?: string;
  /** All values there are, where they can be listed. */
  readonly values?: readonly string[];
  /** The value is a path. */
  readonly isPath?: true;
  readonly repeated?: true;
  readonly korean: string;
  readonly english: string;
}

export const OPTIONS = {
  k: { short: 'k', value: 'N', korean: '몇 개까지 (기본 10)', english: 'how many at most (default 10)' },
  channel: {
    value: 'CHANNEL',
    values: ['hybrid', 'semantic', 'lexical'],
    korean: '뜻과 글자 함께(기본), 뜻만, 글자만',
    english: 'both (default), meaning alone, keywords alone',
  },
  explain: {
    korean: '점수를 이룬 낱말 모두',
    english: 'every word that makes up the score',
  },
  json: { korean: 'JSON으로', english: 'as JSON' },
  far: { korean: '먼 것도', english: 'also what has little of the query' },
  path: {
    value: '폴더|GLOB',
    repeated: true,
    korean: '이 폴더나 이름만',
    english: 'only these folders or names',
  },
  ext: { value: 'md,txt', repeated: true, korean: '이 종류만', english: 'only these kinds' },
  after: { value: 'YYYY-MM-DD', korean: '이날부터 고친 것', english: 'modified on that day or later' },
  before: { value: 'YYYY-MM-DD', korean: '이날 전에 고친 것', english: 'modified before that day' },
  glossary: {
    value: 'FILE',
    isPath: true,
    korean: '같은 말을 적은 파일 (기본 DIR/.malmoi/glossary.txt)',
    english: 'terms that mean the same (default DIR/.malmoi/glossary.txt)',
  },
  watch: { korean: '바뀌는 대로 계속', english: 'go on as files change' },
  'follow-symlinks': { korean: 'DIR 밖으로 가는 링크도', english: 'also links that lead out of DIR' },
  'no-follow-symlinks': { korean: '링크를 따라가지 않음', english: 'follow no links' },
  http: {
    value: 'PORT',
    korean: '표준 입출력 대신 이 컴퓨터 안의 HTTP',
    english: 'HTTP on this machine in place of stdio',
  },
  token: {
    value: 'T',
    korean: '그 포트를 쓰는 데 필요한 토큰',
    english: 'token that clients of the port need',
  },
  to: { value: 'NAME', korean: '올릴 팀 서버', english: 'team server to push to' },
  index: { value: 'INDEX', korean: '색인이나 별칭 (기본 NAME)', english: 'index or alias (default NAME)' },
  ca: {
    value: 'FILE',
    isPath: true,
    korean: '회사 인증서(PEM)',
    english: 'certificates of your company (PEM)',
  },
  map: {
    value: 'SOURCE=DIR',
    repeated: true,
    korean: '올린 폴더가 이 컴퓨터에 있는 곳',
    english: 'where a pushed folder lies on this computer',
  },
  link: {
    value: 'URL',
    korean: '원본의 주소, {source}와 {path}로',
    english: 'address of originals, with {source} and {path}',
  },
  source: { value: 'S', korean: '올릴 폴더의 이름', english: 'what the pushed folder is called' },
  'plain-terms': {
    korean: '낱말을 그대로 보내는 색인으로 시작',
    english: 'begin an index that is sent words as they are',
  },
  'take-over': {
    korean: '다른 컴퓨터가 올리던 폴더를 이어받음',
    english: 'take over a folder that another computer has pushed',
  },
  shards: { value: 'N', korean: '새 색인의 샤드 (기본 1)', english: 'shards of a new index (default 1)' },
  replicas: { value: 'N', korean: '새 색인의 복제 (기본 0)', english: 'replicas of a new index (default 0)' },
  force: { korean: '빠진 폴더가 있어도', english: 'also where folders are missing' },
  kind: {
    value: 'KIND',
    values: ['query', 'passage'],
    korean: '글의 구실',
    english: 'the part that the texts play',
  },
  share: {
    value: '0..1',
    korean: '점수에서 뜻이 차지하는 몫 (재 볼 때)',
    english: 'share of meaning in the score, for measuring',
  },
  name: { value: 'NAME', korean: '모델을 부를 이름', english: 'what to call the model' },
  quantisation: {
    value: 'Q',
    values: ['auto', 'fp32', 'w8', 'u8', 's7', 's4'],
    korean: '수를 담는 방식',
    english: 'how numbers are stored',
  },
  mirror: { value: 'URL', korean: '허브 대신 받을 곳', english: 'a mirror of the hub' },
  yes: { short: 'y', korean: '묻지 않고 그렇게', english: 'agree without being asked' },
  store: { value: 'DIR', isPath: true, korean: '색인이 놓이는 곳', english: 'where indexes live' },
  model: {
    value: 'DIR|NAME',
    isPath: true,
    korean: '모델 폴더나 설치된 모델의 이름',
    english: 'a model folder, or the name of an installed model',
  },
  help: { short: 'h', korean: '도움말', english: 'this help' },
  version: { korean: '판', english: 'the version' },
} as const satisfies Readonly<Record<string, OptionReference>>;

export type OptionName = keyof typeof OPTIONS;

/** `-k N` or `--store DIR`. */
export function written(name: OptionName): string {
  const { short, value }: OptionReference = OPTIONS[name];
  const option = name.length === 1 ? `-${name}` : `--${name}`;
  const both = short === undefined || short === name ? option : `-${short}, ${option}`;
  return value === undefined ? both : `${both} ${value}`;
}
