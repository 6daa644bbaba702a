/** Every command: the one table that arguments are checked against, and that help and completion are made of. */
import type { OptionName } from './options.ts';

export interface CommandReference {
  /** One word, or two: `model import`. */
  readonly name: string;
  /** The operands as the help shows them. */
  readonly operands: string;
  /** How many operands it takes. */
  readonly least: number;
  readonly most: number;
  readonly options: readonly OptionName[];
  readonly korean: string;
  readonly english: string;
  /** Lines that the command's own help ends with. */
  readonly notes?: readonly string[];
}

const WHERE = ['store', 'model'] as const;
const LINKS = ['follow-symlinks', 'no-follow-symlinks'] as const;
const MODEL = ['name', 'quantisation'] as const;

const QUERY_NOTES = [
  'QUERY: "정확한 구" -제외 +필수 ~-뜻제외 예산^2 path:회의 ext:md heading:예산 tag:업무',
  '       after:7d before:2026-07 수정:지난주',
  '빼기로 시작하는 말 / a query that begins with a minus: malmoi search -- DIR -말',
];

export const COMMANDS: readonly CommandReference[] = [
  {
    name: 'index',
    operands: 'DIR',
    least: 1,
    most: 1,
    options: ['watch', ...LINKS, 'json', ...WHERE],
    korean: '색인을 새로 고침',
    english: 'bring the index up to date',
  },
  {
    name: 'search',
    operands: 'DIR QUERY',
    least: 2,
    most: 2,
    options: [
      'k',
      'channel',
      'explain',
      'json',
      'far',
      'path',
      'ext',
      'after',
      'before',
      'glossary',
      ...WHERE,
    ],
    korean: '찾기',
    english: 'search',
    notes: QUERY_NOTES,
  },
  {
    name: 'status',
    operands: 'DIR',
    least: 1,
    most: 1,
    options: ['json', ...WHERE],
    korean: '색인 현황',
    english: 'the index report',
  },
  {
    name: 'why',
    operands: 'DIR FILE QUERY',
    least: 3,
    most: 3,
    options: ['json', 'channel', ...WHERE],
    korean: '그 파일이 왜 나오거나 안 나오는지',
    english: 'why a file is, or is not, found',
  },
  {
    name: 'verify',
    operands: 'DIR',
    least: 1,
    most: 1,
    options: ['json', 'store'],
    korean: '색인의 모든 체크섬 검사',
    english: 'check every checksum and invariant of the index',
  },
  {
    name: 'doctor',
    operands: '[DIR]',
    least: 0,
    most: 1,
    options: ['json', ...WHERE],
    korean: '설치와 이 컴퓨터를 살펴 무엇을 하면 되는지 알림',
    english: 'look over the installation and this machine, and say what to do',
  },
  {
    name: 'mcp',
    operands: 'DIR…',
    least: 1,
    most: Infinity,
    options: ['http', 'token', ...WHERE],
    korean: '에이전트용 MCP 서버(표준 입출력, 또는 이 컴퓨터 안의 HTTP)',
    english: 'MCP server for agents, over stdio, or HTTP on this machine only',
  },
  {
    name: 'encode',
    operands: '< texts.jsonl > vectors.jsonl',
    least: 0,
    most: 0,
    options: ['kind', 'model'],
    korean: '글을 벡터로',
    english: 'texts to vectors',
  },
  {
    name: 'eval',
    operands: 'BEIR_DIR',
    least: 1,
    most: 1,
    options: ['channel', 'share', 'json', ...WHERE],
    korean: '평가 세트로 재기',
    english: 'measure with an evaluation set',
  },
  {
    name: 'feedback export',
    operands: 'DIR OUT',
    least: 2,
    most: 2,
    options: ['store'],
    korean: '표시한 결과를 BEIR 폴더로',
    english: 'what you marked, as a BEIR folder for eval',
  },
  {
    name: 'feedback clear',
    operands: 'DIR',
    least: 1,
    most: 1,
    options: ['store'],
    korean: '표시한 것을 지움',
    english: 'forget what you marked',
  },
  {
    name: 'team add',
    operands: 'NAME URL',
    least: 2,
    most: 2,
    options: ['index', 'ca', 'map', 'link'],
    korean: '함께 찾을 팀 서버를 적어 둠',
    english: 'note a team server to search as well',
    notes: [
      '로그인은 환경 변수로 / credentials from the environment:',
      '  MALMOI_TEAM_<NAME>_API_KEY, MALMOI_TEAM_<NAME>_TOKEN, MALMOI_TEAM_<NAME>_USER + _PASSWORD',
    ],
  },
  {
    name: 'team list',
    operands: '',
    least: 0,
    most: 0,
    options: ['json', 'store', 'model'],
    korean: '팀 서버와 올라와 있는 폴더',
    english: 'team servers and what is pushed to them',
  },
  {
    name: 'team remove',
    operands: 'NAME',
    least: 1,
    most: 1,
    options: [],
    korean: '팀 서버를 목록에서 지움',
    english: 'forget a team server',
  },
  {
    name: 'team push',
    operands: 'DIR --to NAME',
    least: 1,
    most: 1,
    options: [
      'to',
      'watch',
      'source',
      'plain-terms',
      'take-over',
      'shards',
      'replicas',
      'json',
      ...LINKS,
      ...WHERE,
    ],
    korean: '폴더의 문서를 팀 색인에 올림',
    english: 'push the documents of a folder into the index of the team',
  },
  {
    name: 'team switch',
    operands: 'NAME',
    least: 1,
    most: 1,
    options: ['force', ...WHERE],
    korean: '팀이 찾는 색인을 이 모델의 것으로 바꿈',
    english: 'let the team search the index of this model',
  },
  {
    name: 'team forget',
    operands: 'NAME SOURCE',
    least: 2,
    most: 2,
    options: [],
    korean: '올린 폴더를 팀 색인에서 지움',
    english: 'remove a pushed folder from the index of the team',
  },
  {
    name: 'team clean',
    operands: 'NAME INDEX',
    least: 2,
    most: 2,
    options: [],
    korean: '더 찾지 않는 색인을 지움',
    english: 'remove an index that is no longer searched',
  },
  {
    name: 'model list',
    operands: '',
    least: 0,
    most: 0,
    options: ['json'],
    korean: '설치된 모델',
    english: 'installed models',
  },
  {
    name: 'model download',
    operands: 'NAME',
    least: 1,
    most: 1,
    options: ['yes', 'mirror', ...MODEL],
    korean: '허브나 미러에서 받기',
    english: 'download from the hub or a mirror',
  },
  {
    name: 'model import',
    operands: 'PATH',
    least: 1,
    most: 1,
    options: [...MODEL],
    korean: '폴더, .zip, .tar(.gz), 나뉜 파일에서 가져오기',
    english: 'from a folder, an archive or a split archive',
  },
  {
    name: 'model convert',
    operands: 'CHECKPOINT_DIR OUT',
    least: 2,
    most: 2,
    options: [...MODEL],
    korean: '체크포인트를 모델 폴더로',
    english: 'a checkpoint to a model folder',
  },
  {
    name: 'model use',
    operands: 'NAME',
    least: 1,
    most: 1,
    options: ['store'],
    korean: '이 모델을 씀',
    english: 'use this model',
  },
  {
    name: 'model remove',
    operands: 'NAME',
    least: 1,
    most: 1,
    options: [],
    korean: '지우기',
    english: 'remove it',
  },
  {
    name: 'model verify',
    operands: '[NAME]',
    least: 0,
    most: 1,
    options: [],
    korean: '파일의 체크섬 검사',
    english: 'check its files',
  },
  {
    name: 'completion',
    operands: 'bash|zsh|fish|powershell',
    least: 1,
    most: 1,
    options: [],
    korean: '셸의 자동 완성',
    english: 'completion for a shell',
    notes: [
      "bash:       echo 'source <(malmoi completion bash)' >> ~/.bashrc",
      "zsh:        echo 'source <(malmoi completion zsh)' >> ~/.zshrc",
      'fish:       malmoi completion fish > ~/.config/fish/completions/malmoi.fish',
      'PowerShell: malmoi completion powershell >> $PROFILE',
    ],
  },
  {
    name: 'help',
    operands: '[COMMAND]',
    least: 0,
    most: 2,
    options: [],
    korean: '도움말',
    english: 'help, also of one command',
  },
];

/** The command that these words begin with; null where there is none. */
export function commandOf(words: readonly string[]): CommandReference | null {
  const named = (count: number): CommandReference | undefined =>
    COMMANDS.find(({ name }) => name === words.slice(0, count).join(' '));
  return named(2) ?? named(1) ?? null;
}
