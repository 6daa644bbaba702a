/**
 * The index of an evaluation set: its place in a store, one for each model; an index without vectors stands
 * beside the one with them.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { PassageIndex } from '../index/passageIndex.ts';
import { FORMAT_VERSION } from '../index/segment/sections.ts';
import type { ModelFolder } from '../model/modelFolder.ts';
import { FileStore } from '../workspace/files/fileStore.ts';

export type EvalIndexKind = 'letters' | 'eval';

interface EvalIndexPlace {
  readonly folder: string;
  readonly fingerprint: string;
}

function placeOf(store: string, source: string, model: ModelFolder, kind: EvalIndexKind): EvalIndexPlace {
  const [minTokens, maxTokens] = model.manifest.recommendedPassageTokens;
  const key = createHash('sha256').update(source).digest('hex').slice(0, 16);
  const fingerprint = `${model.fingerprint}-${kind}-${minTokens}-${maxTokens}-v${FORMAT_VERSION}`;
  return { folder: path.join(store, `eval-${path.basename(source)}-${key}`, fingerprint), fingerprint };
}

/** `source` is the absolute path of the set. */
export async function openEvalIndex(
  store: string,
  source: string,
  model: ModelFolder,
  kind: EvalIndexKind,
): Promise<PassageIndex> {
  const { folder, fingerprint } = placeOf(store, source, model, kind);
  return PassageIndex.open(await FileStore.open(folder), fingerprint);
}

/** Whether `openEvalIndex` would find one. */
export async function hasEvalIndex(store: string, source: string, model: ModelFolder): Promise<boolean> {
  const { folder } = placeOf(store, source, model, 'eval');
  return (await stat(folder).catch(() => null)) !== null;
}
