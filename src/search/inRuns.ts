/** Reads of many passages: neighbours together, what lies between them too where that is little. */

/** Passages read at once; and how many unneeded ones are read along, rather than their block once more. */
const MAX_RUN = 512;
const MAX_GAP = 16;

/** `passages` ascend; the next ones are read while these are seen. */
export async function inRuns<T>(
  read: (first: number, end: number) => Promise<readonly T[]>,
  passages: readonly number[],
  each: (passage: number, value: T) => void,
): Promise<void> {
  const runs = runsOf(passages);
  const start = (run: number): Promise<readonly T[]> => {
    const own = runs[run];
    const values = own === undefined ? Promise.resolve([]) : read(own[0]!, own.at(-1)! + 1);
    // One that fails while another is looked at is heard of when its turn comes.
    values.catch(() => undefined);
    return values;
  };
  let next = start(0);
  for (const [run, own] of runs.entries()) {
    const values = await next;
    next = start(run + 1);
    for (const passage of own) each(passage, values[passage - own[0]!]!);
  }
  await next;
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
