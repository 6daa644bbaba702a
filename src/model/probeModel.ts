/** Tests whether a model folder works: the model opens, and makes something of a text. */
import { UserError } from '../errors/userError.ts';
import { Encoder } from './encoder.ts';
import type { ModelFolder } from './modelFolder.ts';

const TEXT = '말모이는 뜻으로 찾는다';

/**
 * Finds faults that checksums can't reveal: a graph that the runtime refuses (data outside the folder, unknown
 * operators), a tokenizer that can't be read, weights that are not numbers. Throws `UserError` (`modelUnusable`).
 */
export async function probeModel(folder: ModelFolder, threads: number): Promise<void> {
  let encoder: Encoder | null = null;
  try {
    encoder = await Encoder.open(folder, threads);
    const { vectors } = await encoder.encode([
      { kind: 'query', context: '', text: TEXT },
      { kind: 'passage', context: TEXT, text: TEXT },
    ]);
    for (const { weights } of vectors)
      if (weights.length === 0 || !weights.every(Number.isFinite))
        throw new Error('it gives a text no weights');
  } catch (error) {
    throw new UserError('modelUnusable', `${folder.manifest.name} (${reasonOf(error)})`, { cause: error });
  } finally {
    await encoder?.close();
  }
}

/** The innermost message, from the runtime itself, on one line. */
function reasonOf(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  const inner = cause instanceof Error ? cause : error;
  return (inner instanceof Error ? inner.message : String(inner)).replace(/\s+/g, ' ').slice(0, 300);
}
