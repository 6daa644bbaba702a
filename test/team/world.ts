/** Folders, a model that needs no file, and what pushing and searching need beside a server. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import { plainKernel } from '../../src/index/kernel/plainKernel.ts';
import { PassageIndex } from '../../src/index/passageIndex.ts';
import type { FileRecord } from '../../src/index/records.ts';
import { Scorer } from '../../src/index/scoring/scorer.ts';
import type { SparseVector } from '../../src/index/sparseVector.ts';
import type { FolderOptions } from '../../src/domain/folder.ts';
import type { TeamAccess, TeamServer } from '../../src/domain/team/team.ts';
import type { EncoderInput } from '../../src/model/encoder.ts';
import type { ModelManifest } from '../../src/model/modelFolder.ts';
import { readPassages } from '../../src/readers/readPassages.ts';
import { LocalSource } from '../../src/search/localSource.ts';
import { prepareQuery, withVector, type EncodedQuery } from '../../src/search/query/encodedQuery.ts';
import { openClient } from '../../src/team/client/openClient.ts';
import type { TeamIndex } from '../../src/team/client/teamIndexes.ts';
import { currentIndex } from '../../src/team/client/teamIndexes.ts';
import { beginIndex, switchWhenComplete } from '../../src/team/push/beginIndex.ts';
import type { PushPorts } from '../../src/team/push/filePusher.ts';
import { pushFolder, type PushOptions, type PushResult } from '../../src/team/push/pushFolder.ts';
import { TeamSource } from '../../src/team/search/teamSource.ts';
import type { StoredDocument } from '../../src/team/documents.ts';
import { ServedPassage } from '../../src/team/search/servedPassage.ts';
import { KEPT_ONLY, KeptReader } from '../../src/team/keptDocument.ts';
import { MemoryStore } from '../fakes/memoryStore.ts';
import { vectorOf } from '../fakes/records.ts';
import type { OpenSearchNode } from './server/openSearch.ts';

export const NEVER = new AbortController().signal;
export const DIMENSIONS = 400;
export const NAMES = Array.from({ length: DIMENSIONS }, (_, i) => `말${i}`);
const RULES = { minTokens: 20, maxTokens: 60 };
const countTokens = (text: string): number => Math.ceil(text.length / 3);

export const MANIFEST: ModelManifest = {
  name: 'fake-model',
  revision: 'r1',
  license: 'MIT',
  languages: [],
  dimensions: DIMENSIONS,
  maxTokens: 512,
  recommendedPassageTokens: [20, 60],
  prompts: { query: '', passage: '' },
  specialIds: { pad: 0 },
  vote: 'attention',
  quantisation: 's7',
  optimisation: 'all',
  files: {},
};

/** Words become dimensions by their hashes: the same text has the same vector on both sides. */
export function vectorOfText(text: string): SparseVector {
  const weights: Record<number, number> = {};
  for (const word of text.split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    const hash = createHash('sha256').update(word).digest();
    for (const at of [0, 4]) {
      const dimension = hash.readUInt32LE(at) % DIMENSIONS;
      const weight = 0.2 + (hash.readUInt32LE(at + 8) % 10_000) / 4_000;
      weights[dimension] = Math.max(weights[dimension] ?? 0, weight);
    }
  }
  return vectorOf(weights);
}

export interface CountingPorts extends PushPorts {
  readonly encoded: string[];
  readonly read_: string[];
}

export function ports(): CountingPorts {
  const encoded: string[] = [];
  const read_: string[] = [];
  return {
    encoded,
    read_,
    read: request => {
      read_.push(request.path);
      return readPassages(request, RULES, countTokens);
    },
    encode: (batch: readonly EncoderInput[]) => {
      encoded.push(...batch.map(({ text }) => text));
      const vectors = batch.map(({ context, text }) => vectorOfText(`${context} ${text}`));
      return Promise.resolve({ vectors, tokens: batch.length * 10, milliseconds: 1 });
    },
  };
}

export async function folderWith(
  files: Readonly<Record<string, string>>,
): Promise<FolderOptions & AsyncDisposable> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'malmoi-team-'));
  await fill(root, files);
  const own = { name: path.basename(root), include: [], exclude: [], useIgnoreFiles: true };
  return {
    path: root,
    ...own,
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

export async function fill(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
}

export function accessTo(node: Pick<OpenSearchNode, 'url'>, own: Partial<TeamAccess> = {}): TeamAccess {
  return { name: '팀', url: node.url, credentials: null, ...own };
}

let last = 0;

/** A name for a team that no other test has. */
export function teamName(): string {
  return `team${process.pid}x${++last}`;
}

export interface Pushed {
  readonly client: Client;
  readonly index: TeamIndex;
  readonly result: PushResult;
}

export interface PushSettings extends Partial<Omit<PushOptions, 'folder' | 'ports'>> {
  readonly ports?: PushPorts;
  readonly team: string;
  readonly fingerprint?: string;
  readonly owner?: string;
  readonly manifest?: ModelManifest;
  readonly plainTerms?: boolean;
}

export async function push(
  access: TeamAccess,
  folder: FolderOptions,
  { team, fingerprint = 'fp1', source = 'docs', owner = 'me', plainTerms = false, ...own }: PushSettings,
): Promise<Pushed> {
  const client = own.client ?? (await openClient(access));
  const used = own.ports ?? ports();
  const signal = own.signal ?? NEVER;
  const index = await beginIndex({
    client,
    team,
    folder,
    source,
    owner,
    fingerprint,
    plainTerms,
    signal,
    takesOver: false,
    manifest: own.manifest ?? MANIFEST,
    layout: { shards: 1, replicas: 0 },
    ports: used,
  });
  const result = await pushFolder({
    onProgress: () => undefined,
    skipped: new Map(),
    ...own,
    client,
    index,
    folder,
    source,
    ports: used,
    signal,
  });
  await switchWhenComplete(client, team, index);
  return { client, index, result };
}

export async function sourceOf(
  client: Client,
  team: string,
  server: Partial<TeamServer> = {},
): Promise<TeamSource> {
  const own = { name: '팀', url: '', ...server };
  return new TeamSource(client, own, await currentIndex(client, team), team);
}

/** The documents that a server has for a search (`GET /INDEX/_search…`), as they were kept, by id. */
export async function keptIn(
  node: OpenSearchNode,
  target: string,
  body: object = {},
): Promise<ReadonlyMap<string, StoredDocument>> {
  const answer = await node.request('POST', target, { ...body, ...KEPT_ONLY });
  const { hits } = (answer.body as { hits: { hits: readonly { _id: string; fields?: unknown }[] } }).hits;
  const kept = new KeptReader();
  return new Map(
    hits.flatMap(({ _id, fields }) =>
      fields === undefined ? [] : [[_id, ServedPassage.of(fields, kept)!.open()!.document] as const],
    ),
  );
}

/** The engine's own index of the same folder. */
export async function localSource(folder: FolderOptions): Promise<LocalSource> {
  const { listFiles } = await import('../../src/workspace/indexing/listing.ts');
  const index = await PassageIndex.open(new MemoryStore(), 'fp1');
  const { files } = await listFiles(folder.path, folder, NEVER);
  const records: FileRecord[] = [];
  for (const file of files) {
    const request = { file: path.join(folder.path, file.path), path: file.path, knownHash: null };
    const answer = await readPassages(request, RULES, countTokens);
    if (answer.result !== 'passages') continue;
    const { size, modified, hash, tags } = answer;
    const passages = answer.passages.map(({ context, tokens: _, ...passage }) => ({
      ...passage,
      vector: vectorOfText(`${context} ${passage.text}`),
    }));
    const own = { path: file.path, size, modified, hash, tags, passages };
    records.push({ ...own, state: 'indexed', reason: null, detail: null });
  }
  await index.replace(records);
  const { segments } = index.acquire();
  return new LocalSource(new Scorer(plainKernel), new Map(segments.map(each => [each, folder.path])));
}

export function queryOf(text: string): EncodedQuery {
  return withVector(prepareQuery(text), vectorOfText(text), NAMES);
}

/** A little language whose words have stems and particles, so that texts have something in common. */
export function wordsOf(random: () => number, count: number): string {
  const syllables = '가나다라마바사아자차카타파하고노도로모보소오조초코토포호기니디리미비시이지치키티피히';
  const word = (): string => {
    const letters = 1 + Math.floor(random() * 3);
    let text = '';
    for (let i = 0; i < letters; i++) text += syllables[Math.floor(random() ** 2 * syllables.length)];
    return text;
  };
  return Array.from({ length: count }, word).join(' ');
}

export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
