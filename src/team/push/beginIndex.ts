/** The index that a folder is pushed into: found, or begun, with the folder among its sources. */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Client } from '@opensearch-project/opensearch';
import type { FolderOptions } from '../../domain/folder.ts';
import type { ModelManifest } from '../../model/modelFolder.ts';
import { fingerprintOf } from '../../model/modelFolder.ts';
import { listFiles } from '../../workspace/indexing/listing.ts';
import { aliasedIndex, ensureIndex, indexIfAny, switchAlias, type TeamIndex } from '../client/teamIndexes.ts';
import { putSource, sourcesOf } from '../client/teamSources.ts';
import { lengthOf } from '../features.ts';
import { TEAM_FORMAT, type IndexLayout, type IndexMeta } from '../indexMeta.ts';
import type { PushPorts } from './filePusher.ts';

export interface BeginOptions {
  readonly client: Client;
  /** The team's alias. */
  readonly team: string;
  readonly folder: FolderOptions;
  readonly source: string;
  /** Of this installation. */
  readonly owner: string;
  /** Takes a source over that another installation has pushed. */
  readonly takesOver: boolean;
  readonly manifest: ModelManifest;
  /** `indexFingerprint` of the model. */
  readonly fingerprint: string;
  /** Lexical features are called by their terms: the words of queries are sent as they are. */
  readonly plainTerms: boolean;
  readonly layout: IndexLayout;
  readonly ports: Pick<PushPorts, 'read'>;
  readonly signal: AbortSignal;
}

/** Another installation pushes a folder by this name. */
export class SourceTakenError extends Error {
  override readonly name = 'SourceTakenError';
}

const SAMPLED_PASSAGES = 1_000;
const SAMPLED_FILES = 200;
/** Where a folder has nothing to measure. */
const USUAL_LENGTH = 200;

export async function beginIndex(options: BeginOptions): Promise<TeamIndex> {
  const { client, team, source, owner, takesOver, fingerprint, layout } = options;
  const index = await ensureIndex(client, team, fingerprint, () => newMeta(options), layout);
  const known = (await sourcesOf(client, index.name)).get(source);
  if (known !== undefined && known.owner !== owner && !takesOver) throw new SourceTakenError(source);
  if (known?.owner !== owner)
    await putSource(client, index.name, { source, owner, complete: known?.complete ?? null });
  return index;
}

async function newMeta(options: BeginOptions): Promise<IndexMeta> {
  const { manifest, fingerprint, plainTerms } = options;
  const { name, revision, quantisation } = manifest;
  return {
    format: TEAM_FORMAT,
    model: { name, revision: revision.slice(0, 200), fingerprint: fingerprintOf(manifest), quantisation },
    fingerprint,
    averageLength: await sampledLength(options),
    salt: plainTerms ? null : randomBytes(12).toString('base64url'),
  };
}

/** Average length of some of the folder's passages: what the index's weights are made with. */
async function sampledLength({ folder, ports, signal }: BeginOptions): Promise<number> {
  const { files } = await listFiles(folder.path, folder, signal);
  const wanted = files.filter(file => !file.ignored);
  // Every n-th, so that one folder of many does not speak for all.
  const step = Math.max(1, Math.floor(wanted.length / SAMPLED_FILES));
  let [sum, count] = [0, 0];
  for (let at = 0; at < wanted.length && count < SAMPLED_PASSAGES; at += step) {
    const file = path.join(folder.path, wanted[at]!.path);
    const answer = await ports
      .read({ file, path: wanted[at]!.path, knownHash: null }, signal)
      .catch(() => null);
    signal.throwIfAborted();
    if (answer?.result !== 'passages') continue;
    for (const { terms } of answer.passages) [sum, count] = [sum + lengthOf(terms), count + 1];
  }
  return sum === 0 ? USUAL_LENGTH : Math.round(sum / count);
}

export interface Switch {
  /** What the team searches now. */
  readonly index: string;
  readonly switched: boolean;
  /** Sources of the index that is searched which the new one does not have as a whole. */
  readonly missing: readonly string[];
}

/** Lets the team search the index where it has all that the one before has; or where somebody says so. */
export async function switchWhenComplete(
  client: Client,
  team: string,
  index: TeamIndex,
  force = false,
): Promise<Switch> {
  const current = await aliasedIndex(client, team);
  if (current === index.name) return { index: current, switched: false, missing: [] };
  const before = current === null ? null : await indexIfAny(client, current);
  const own = await completeSources(client, index);
  const missing = [...(await completeSources(client, before))].filter(source => !own.has(source));
  if (missing.length > 0 && !force && current !== null) return { index: current, switched: false, missing };
  await switchAlias(client, team, current, index.name);
  return { index: index.name, switched: true, missing };
}

async function completeSources(client: Client, index: TeamIndex | null): Promise<ReadonlySet<string>> {
  const sources = index === null ? [] : [...(await sourcesOf(client, index.name)).values()];
  return new Set(sources.filter(({ complete }) => complete !== null).map(({ source }) => source));
}
