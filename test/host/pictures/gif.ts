/** An animated GIF made of PNG screenshots of one size, with one palette for all of them. */
import { PNG } from 'pngjs';
import gifenc from 'gifenc';

export interface Frame {
  readonly png: Buffer;
  /** Milliseconds that it is shown. */
  readonly delay: number;
}

/** A part of a screenshot is drawn every so many pixels: half the size for a README. */
const STEP = 2;
const COLORS = 128;

export function gifOf(frames: readonly Frame[]): Buffer {
  const images = frames.map(({ png, delay }) => ({ ...smaller(PNG.sync.read(png)), delay }));
  const all = Buffer.concat(images.map(({ data }) => data));
  const palette = gifenc.quantize(all, COLORS);
  const encoder = gifenc.GIFEncoder();
  for (const { data, width, height, delay } of images)
    encoder.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay });
  encoder.finish();
  return Buffer.from(encoder.bytes());
}

/** The mean of each square of pixels. */
function smaller({ data, width, height }: PNG): {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
} {
  const [w, h] = [Math.floor(width / STEP), Math.floor(height / STEP)];
  const out = Buffer.alloc(4 * w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let i = 0; i < STEP * STEP; i++)
          sum += data[4 * ((y * STEP + Math.floor(i / STEP)) * width + x * STEP + (i % STEP)) + channel]!;
        out[4 * (y * w + x) + channel] = Math.round(sum / (STEP * STEP));
      }
  return { data: out, width: w, height: h };
}
