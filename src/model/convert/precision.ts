/**
 * The form in which each tensor is stored. Matrices that 8 bits would damage stay as they are (those whose rows hold a
 * few values far larger than the rest); those that came from 4 bits go back to them.
 */
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import {
  fourBitRows,
  QuantisationError,
  quantiseSigned,
  quantiseUnsigned,
  type Quantisation,
} from './quantise.ts';

export interface Precision {
  readonly quantisation: Quantisation;
  /** Tensors that 8 bits would damage: they stay in float32. */
  readonly exact: ReadonlySet<string>;
  /** Tensors whose rows fit 4 bits without loss; lookup tables are stored so. */
  readonly fourBits: ReadonlySet<string>;
}

export const FLOAT32: Precision = { quantisation: 'fp32', exact: new Set(), fourBits: new Set() };

/**
 * Relative error above which a matrix stays in float32. Ordinary matrices have .006 to .011 with 8 bits and twice
 * that with 7; the head of a model that began as the identity had .045, and cost its vectors .06 of cosine.
 */
const LIMIT: Readonly<Record<Exclude<Quantisation, 'fp32'>, number>> = {
  w8: 0.02,
  u8: 0.02,
  s7: 0.04,
  s4: 0.04,
};

export async function precisionOf(
  { tensors }: Pick<Checkpoint, 'tensors'>,
  quantisation: Quantisation,
  signal?: AbortSignal,
): Promise<Precision> {
  if (quantisation === 'fp32') return FLOAT32;
  const exact = new Set<string>();
  const fourBits = new Set<string>();
  for (const name of tensors.names) {
    const shape = tensors.shapeOf(name);
    const [rows, columns] = shape;
    if (shape.length !== 2 || rows === undefined || columns === undefined || !tensors.isFloat(name)) continue;
    signal?.throwIfAborted();
    const error = new QuantisationError();
    let fits = true;
    for await (const chunk of tensors.rowChunks(name, 0, rows)) {
      fits &&= fourBitRows(chunk, columns) !== null;
      error.add(
        chunk,
        columns,
        quantisation === 's7' || quantisation === 's4'
          ? quantiseSigned(chunk, columns, 63)
          : quantiseUnsigned(chunk, columns),
      );
    }
    if (fits) fourBits.add(name);
    if (error.relative > LIMIT[quantisation]) exact.add(name);
  }
  return { quantisation, exact, fourBits };
}
