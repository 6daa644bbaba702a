/** Which matrices 8 bits would hurt: those whose rows hold a few values far larger than the rest. */
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { QuantisationError, quantiseSigned, quantiseUnsigned, type Quantisation } from './quantise.ts';

/**
 * Relative error above which a matrix stays in float32. Ordinary matrices have .006 to .011 with 8 bits and twice
 * that with 7; the head of a model that began as the identity had .045, and cost its vectors .06 of cosine.
 */
const LIMIT: Readonly<Record<Exclude<Quantisation, 'fp32'>, number>> = { w8: 0.02, u8: 0.02, s7: 0.04 };

export async function sensitiveTensors(
  { tensors }: Checkpoint,
  quantisation: Quantisation,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const sensitive = new Set<string>();
  if (quantisation === 'fp32') return sensitive;
  for (const name of tensors.names) {
    const shape = tensors.shapeOf(name);
    const [rows, columns] = shape;
    if (shape.length !== 2 || rows === undefined || columns === undefined || !tensors.isFloat(name)) continue;
    signal?.throwIfAborted();
    const error = new QuantisationError();
    for await (const chunk of tensors.rowChunks(name, 0, rows))
      error.add(
        chunk,
        columns,
        quantisation === 's7' ? quantiseSigned(chunk, columns, 63) : quantiseUnsigned(chunk, columns),
      );
    if (error.relative > LIMIT[quantisation]) sensitive.add(name);
  }
  return sensitive;
}
