/** Reads and checks the arguments of the command line. */
import { parseArgs } from 'node:util';
import type { Channel } from '../domain/channel.ts';
import type { FileFilter } from '../domain/fileFilter.ts';
import { QUANTISATIONS, type Quantisation } from '../model/store/converter.ts';
import { commandOf } from './reference/commands.ts';
import { UsageError } from './usage.ts';

export interface Arguments {
  readonly command: string;
  readonly operands: readonly string[];
  readonly k: number;
  readonly channel: Channel;
  /** The kind of text for `encode`; null for the other commands. */
  readonly kind: 'query' | 'passage' | null;
  readonly json: boolean;
  readonly explain: boolean;
  /** True where weak hits, below the floor, are listed too. */
  readonly far: boolean;
  readonly watch: boolean;
  readonly store: string | null;
  readonly model: string | null;
  /** The semantic channel's share of the hybrid score, to measure others; null for the default. */
  readonly share: number | null;
  /** Name for the model that is installed or converted. */
  readonly name: string | null;
  readonly quantisation: Quantisation;
  /** Address of a mirror of the hub. */
  readonly mirror: string | null;
  readonly yes: boolean;
  /** Path of the glossary; null for the folder's own. */
  readonly glossary: string | null;
  /** Whether links of a folder are followed; null where no option was given. */
  readonly followSymlinks: boolean | null;
  /** The files that `search` looks at. */
  readonly filter: FileFilter;
  /** Port of the server for agents; null for standard input and output. */
  readonly http: number | null;
  /** Token that clients of that port must send; null to generate one. */
  readonly token: string | null;
  /** Of `team`. */
  readonly team: TeamArguments;
  /** Also where something is missing. */
  readonly force: boolean;
}

export interface TeamArguments {
  readonly to: string | null;
  /** Index or alias; else the server's name. */
  readonly index: string | null;
  readonly ca: string | null;
  /** SOURCE=DIR. */
  readonly map: readonly string[];
  readonly link: string | null;
  readonly source: string | null;
  readonly plainTerms: boolean;
  readonly takeOver: boolean;
  readonly shards: number;
  readonly replicas: number;
}

/** Throws `UsageError`. */
export function readArguments(argv: readonly string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        k: { type: 'string', short: 'k', default: '10' },
        channel: { type: 'string', default: 'hybrid' },
        kind: { type: 'string' },
        json: { type: 'boolean', default: false },
        explain: { type: 'boolean', default: false },
        far: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        store: { type: 'string' },
        model: { type: 'string' },
        share: { type: 'string' },
        name: { type: 'string' },
        quantisation: { type: 'string', default: 'auto' },
        mirror: { type: 'string' },
        glossary: { type: 'string' },
        yes: { type: 'boolean', short: 'y', default: false },
        'follow-symlinks': { type: 'boolean' },
        'no-follow-symlinks': { type: 'boolean', default: false },
        path: { type: 'string', multiple: true, default: [] },
        ext: { type: 'string', multiple: true, default: [] },
        after: { type: 'string' },
        before: { type: 'string' },
        http: { type: 'string' },
        token: { type: 'string' },
        to: { type: 'string' },
        index: { type: 'string' },
        ca: { type: 'string' },
        map: { type: 'string', multiple: true, default: [] },
        link: { type: 'string' },
        source: { type: 'string' },
        'plain-terms': { type: 'boolean', default: false },
        'take-over': { type: 'boolean', default: false },
        shards: { type: 'string', default: '1' },
        replicas: { type: 'string', default: '0' },
        force: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        version: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  const [command = 'help', ...operands] = positionals;
  if (values.version) return { ...DEFAULTS, command: 'version', operands: [] };
  // `malmoi search --help` asks for the help of search.
  if (values.help)
    return { ...DEFAULTS, command: 'help', operands: command === 'help' ? operands : positionals };
  if (command === 'help') return { ...DEFAULTS, command, operands };
  checkOperands(positionals);
  const k = Number(values.k);
  if (!Number.isInteger(k) || k < 1 || k > 1000) throw new UsageError('-k: 1..1000');
  const { channel, kind = null } = values;
  if (channel !== 'hybrid' && channel !== 'semantic' && channel !== 'lexical')
    throw new UsageError('--channel: hybrid, semantic or lexical');
  if (kind !== null && kind !== 'query' && kind !== 'passage')
    throw new UsageError('--kind: query or passage');
  const share = values.share === undefined ? null : Number(values.share);
  if (share !== null && !(share >= 0 && share <= 1)) throw new UsageError('--share: 0..1');
  const http = values.http === undefined ? null : Number(values.http);
  if (http !== null && !(Number.isInteger(http) && http >= 0 && http <= 65_535))
    throw new UsageError('--http: 0..65535');
  const quantisation = QUANTISATIONS.find(each => each === values.quantisation);
  if (quantisation === undefined) throw new UsageError(`--quantisation: ${QUANTISATIONS.join(', ')}`);
  return {
    command,
    operands,
    k,
    channel,
    kind,
    share,
    json: values.json,
    explain: values.explain,
    far: values.far,
    watch: values.watch,
    store: values.store ?? null,
    model: values.model ?? null,
    name: values.name ?? null,
    quantisation,
    mirror: values.mirror ?? null,
    glossary: values.glossary ?? null,
    yes: values.yes,
    followSymlinks: values['no-follow-symlinks'] ? false : (values['follow-symlinks'] ?? null),
    filter: filterOf(values.path, values.ext, values.after, values.before),
    http,
    token: values.token ?? null,
    team: {
      to: values.to ?? null,
      index: values.index ?? null,
      ca: values.ca ?? null,
      map: values.map,
      link: values.link ?? null,
      source: values.source ?? null,
      plainTerms: values['plain-terms'],
      takeOver: values['take-over'],
      shards: wholeNumber('--shards', values.shards, 1, 1_000),
      replicas: wholeNumber('--replicas', values.replicas, 0, 20),
    },
    force: values.force,
  };
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new UsageError(`${option}: ${least}..${most}`);
  return value;
}

/**
 * Reads the filter options: `--path A --path B` means either; `--ext md,txt`; dates are YYYY-MM-DD, and `before`
 * excludes the whole day.
 */
function filterOf(
  include: readonly string[],
  types: readonly string[],
  after: string | undefined,
  before: string | undefined,
): FileFilter {
  const extensions = types.flatMap(list => list.split(',')).filter(type => type !== '');
  return {
    ...(include.length === 0 ? {} : { include }),
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(after === undefined ? {} : { modifiedFrom: dayOf('--after', after) }),
    ...(before === undefined ? {} : { modifiedBefore: dayOf('--before', before) }),
  };
}

/** Midnight of that day in this machine's time zone. */
function dayOf(option: string, text: string): number {
  const time = new Date(`${text}T00:00:00`).getTime();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time)) throw new UsageError(`${option}: YYYY-MM-DD`);
  return time;
}

/** The command that these words begin with, and how many of them are its operands. Throws `UsageError`. */
function checkOperands(words: readonly string[]): void {
  const command = commandOf(words);
  if (command === null) throw new UsageError(`unknown command: ${words.slice(0, 2).join(' ')}`);
  const given = words.length - command.name.split(' ').length;
  if (given < command.least || given > command.most)
    throw new UsageError(`malmoi ${command.name} ${command.operands}`);
}

const DEFAULTS: Omit<Arguments, 'command' | 'operands'> = {
  k: 10,
  channel: 'hybrid',
  filter: {},
  kind: null,
  share: null,
  json: false,
  explain: false,
  far: false,
  watch: false,
  store: null,
  model: null,
  name: null,
  quantisation: 'auto',
  mirror: null,
  glossary: null,
  yes: false,
  followSymlinks: null,
  http: null,
  token: null,
  team: {
    to: null,
    index: null,
    ca: null,
    map: [],
    link: null,
    source: null,
    plainTerms: false,
    takeOver: false,
    shards: 1,
    replicas: 0,
  },
  force: false,
};
