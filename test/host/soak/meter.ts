/** How much memory and how many files a run has, over time. Linux tells; elsewhere there is nothing to read. */
import fs from 'node:fs';

interface Reading {
  /** Minutes since the beginning. */
  readonly minute: number;
  /** Megabytes; null where there was none to look at. */
  readonly engine: number | null;
  readonly host: number;
  readonly files: number | null;
}

const PAUSE = 2_000;
/** An engine is warm so many minutes after its start; before, it grows for good reasons. */
const WARM = 1;

export class Meter {
  readonly #begin = Date.now();
  readonly #readings: Reading[] = [];
  #last = 0;
  #engineSince = Date.now();

  newEngine(): void {
    this.#engineSince = Date.now();
  }

  read(pid: number | null): void {
    const now = Date.now();
    if (now - this.#last < PAUSE) return;
    this.#last = now;
    const isWarm = now - this.#engineSince > WARM * 60_000;
    this.#readings.push({
      minute: (now - this.#begin) / 60_000,
      engine: pid !== null && isWarm ? residentOf(pid) : null,
      host: process.memoryUsage().heapUsed / 1e6,
      files: pid !== null && isWarm ? filesOf(pid) : null,
    });
  }

  /** Growth a minute in the second half: megabytes, and open files of the engine. */
  slopes(): { readonly engine: number; readonly host: number; readonly files: number } {
    const half = (this.#readings.at(-1)?.minute ?? 0) / 2;
    const late = this.#readings.filter(({ minute }) => minute >= half);
    const of = (value: (reading: Reading) => number | null): number =>
      slopeOf(late.flatMap(each => (value(each) === null ? [] : [[each.minute, value(each)!] as const])));
    return { engine: of(each => each.engine), host: of(each => each.host), files: of(each => each.files) };
  }

  report(): string {
    const { engine, host, files } = this.slopes();
    const range = (values: readonly (number | null)[]): string => {
      const known = values.filter(value => value !== null);
      if (known.length === 0) return '-';
      return `${Math.min(...known).toFixed(0)} to ${Math.max(...known).toFixed(0)}`;
    };
    return [
      `engine ${range(this.#readings.map(each => each.engine))} MB, ${engine.toFixed(2)} MB a minute`,
      `extension host's heap ${range(this.#readings.map(each => each.host))} MB, ${host.toFixed(2)} MB a minute`,
      `the engine's open files ${range(this.#readings.map(each => each.files))}, ${files.toFixed(2)} a minute`,
    ].join('; ');
  }
}

/** Least squares; 0 for too few points. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  if (points.length < 3) return 0;
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = points.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}

function residentOf(pid: number): number | null {
  try {
    const text = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(text)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1000;
  } catch {
    return null;
  }
}

function filesOf(pid: number): number | null {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}
