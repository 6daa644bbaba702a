/** An ONNX graph that a checkpoint brings along. It is used as it is where it has a model folder's interface. */
import { copyFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { openSession } from '../openSession.ts';

const INPUTS = ['input_ids', 'attention_mask', 'vote_mask'];
const OUTPUTS = ['weights', 'positions'];

/**
 * Folder, and names of `model.onnx` and its data files; null where there is no graph, or one with another interface.
 */
export interface ShippedGraph {
  readonly folder: string;
  readonly files: readonly string[];
}

export async function shippedGraph(checkpoint: string): Promise<ShippedGraph | null> {
  for (const folder of [checkpoint, path.join(checkpoint, 'onnx')]) {
    const names = await readdir(folder).catch((): string[] => []);
    if (!names.includes('model.onnx') || !(await fits(path.join(folder, 'model.onnx')))) continue;
    // Weights beside the graph are named after it by every exporter: model.onnx.data, model.onnx_data.
    return { folder, files: names.filter(name => /^model\.onnx(?:[._]data)?$/.test(name)) };
  }
  return null;
}

/**
 * Whether the graph has the right interface. Most exports give logits, which are pooled outside: those are converted
 * from their weights instead.
 */
async function fits(file: string): Promise<boolean> {
  const session = await openSession(file, 1, 'basic').catch(() => null);
  if (session === null) return false;
  const fit =
    INPUTS.every(name => session.inputNames.includes(name)) &&
    OUTPUTS.every(name => session.outputNames.includes(name));
  await session.release();
  return fit;
}

export async function copyGraph({ folder, files }: ShippedGraph, target: string): Promise<void> {
  for (const name of files) await copyFile(path.join(folder, name), path.join(target, name));
}
