/** Reads many passages: neighbours together, including small gaps between them. */

/**
 * Maximum number of passages in one read, and of unneeded ones that are read along rather than reading their
 * block twice.
 */
const MAX_RUN = 512;
const MAX_GAP = 16;
/** Number of runs that are read at once: most are one passage, and wait for the disk. */
const AHEAD = 8;

/** `passages` ascend; the next runs are read while one is processed. */
export async function inRuns<T>(
  read: (first: number, end: number) => Promise<readonly T[]>,
  passages: readonly number[],
  each: (passage: number, value: T) => void,
): Promise<void> {
  const runs = runsOf(passages);
  const reading = new Map<number, Promise<readonly T[]>>();
  const start = (run: number): void => {
    const own = runs[run];
    if (own === undefined) return;
    const values = read(own[0]!, own.at(-1)! + 1);
    reading.set(run, values);
    // A read that fails while another is processed is reported when its turn comes.
    values.catch(() => undefined);
  };
  for (let run = 0; run < AHEAD; run++) start(run);
  for (const [run, own] of runs.entries()) {
    const values = await reading.get(run)!;
    reading.delete(run);
    start(run + AHEAD);
    for (const passage of own) each(passage, values[passage - own[0]!]!);
  }
}

function runsOf(passages: readonly number[]): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const passage of passages) {
    const last = runs.at(-1);
    if (last !== undefined && passage - last.at(-1)! <= MAX_GAP && passage - last[0]! < MAX_RUN)
      last.push(passage);
    else runs.push([passage]);
  }
  return runs;
}
