/** An animated GIF made of PNG screenshots of one size, with one palette for all of them. */
import { PNG } from 'pngjs';
import gifenc from 'gifenc';

export interface Frame {
  readonly png: Buffer;
  /** Milliseconds that it is shown. */
  readonly delay: number;
}

const COLORS = 128;

export function gifOf(frames: readonly Frame[]): Buffer {
  const images = frames.map(({ png, delay }) => ({ ...dataOf(png), delay }));
  const all = Buffer.concat(images.map(({ data }) => data));
  const palette = gifenc.quantize(all, COLORS);
  const encoder = gifenc.GIFEncoder();
  for (const { data, width, height, delay } of images)
    encoder.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay });
  encoder.finish();
  return Buffer.from(encoder.bytes());
}

function dataOf(png: Buffer): { readonly data: Buffer; readonly width: number; readonly height: number } {
  const { data, width, height } = PNG.sync.read(png);
  return { data, width, height };
}
