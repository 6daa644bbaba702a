/**
 * The index after a crash or power loss at any operation on the disk, and on a disk that fails.
 *
 * `MALMOI_CRASHES=5000` runs so many random histories in place of 60.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CrashingDisk } from '../fakes/crashingDisk.ts';
import {
  after,
  apply,
  contentsOf,
  DAMAGED,
  flushedIn,
  keyOf,
  openOn,
  runTo,
  type Change,
  type Contents,
  type Ending,
} from '../fakes/histories.ts';

const put = (files: Readonly<Record<string, string>>): Change => ({ kind: 'put', files });
const letters = (files: Readonly<Record<string, string>>): Change => ({ kind: 'letters', files });
const [flush, clear, damage, dropDamaged, reopen] = (
  ['flush', 'clear', 'damage', 'dropDamaged', 'reopen'] as const
).map(kind => ({ kind })) as [Change, Change, Change, Change, Change];
const remove = (path: string): Change => ({ kind: 'remove', path });
const updateMetadata = (path: string): Change => ({ kind: 'updateMetadata', path });

const HISTORIES: Readonly<Record<string, readonly Change[]>> = {
  'changes of two files at once': [put({ a: '글 하나', b: '글 둘' }), put({ a: '글 셋', b: '글 넷' })],
  'a removed file': [put({ a: '글 하나', b: '글 둘' }), flush, remove('a'), flush, put({ c: '글 여섯' })],
  'flushes and restarts': [
    put({ a: '글 하나' }),
    flush,
    put({ a: '글 둘' }),
    reopen,
    put({ b: '글 여섯' }),
    flush,
  ],
  'a file with a new date': [
    put({ a: '글 하나', b: '글 둘' }),
    flush,
    updateMetadata('a'),
    flush,
    updateMetadata('b'),
  ],
  'letters first, then their vectors': [
    letters({ a: '글 하나', b: '글 둘' }),
    flush,
    put({ a: '글 하나' }),
    updateMetadata('b'),
    flush,
    put({ b: '글 둘' }),
    letters({ a: '글 셋' }),
  ],
  'changes that are large enough for a segment': [
    put({ a: '글 하나' }),
    put({ a: '글 둘', b: '글 둘', c: '글 셋' }),
    remove('b'),
    letters({ a: '글 넷', b: '글 다섯', c: '글 여섯' }),
    put({ b: '글 일곱' }),
  ],
  clearing: [put({ a: '글 하나' }), flush, put({ b: '글 둘' }), clear, put({ c: '글 셋' })],
  'dropping what is damaged': [
    put({ a: '글 하나' }),
    flush,
    put({ a: '글 둘', b: '글 둘' }),
    flush,
    put({ c: '글 여섯' }),
    damage,
    dropDamaged,
    put({ b: '글 셋' }),
  ],
  'dropping what is damaged, and what it said was gone': [
    put({ a: '글 하나' }),
    flush,
    remove('a'),
    put({ b: '글 둘' }),
    flush,
    damage,
    dropDamaged,
  ],
  'a merge': Array.from({ length: 9 }, (_, i): Change[] => [put({ [`${i % 4}`]: `글 ${i}` }), flush]).flat(),
};

/** Operations until an empty index is there. */
const BEGUN = 5;

const LAST = put({ last: '글 끝' });
const withLast = (contents: Contents): Contents => after(contents, LAST, new Set());

describe('a crash', function () {
  this.timeout(600_000);
  // Its folders are not synced there: they need not be.
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  for (const [name, history] of Object.entries(HISTORIES))
    it(`at any operation loses and halves nothing acknowledged: ${name}`, async () => {
      const steps = await stepsOf(history);
      // A merge takes long: its crash points are those of its end.
      for (let at = Math.max(0, steps - 40); at <= steps; at++) await crash(history, at);
    });

  it('at any operation of random histories loses and halves nothing acknowledged', async () => {
    const path = fc.constantFrom('a', 'b', 'c');
    const text = fc.nat(50).map(n => `글 ${n}`);
    const change: fc.Arbitrary<Change> = fc.oneof(
      { weight: 4, arbitrary: fc.dictionary(path, text, { minKeys: 1 }).map(put) },
      { weight: 4, arbitrary: fc.dictionary(path, text, { minKeys: 1 }).map(letters) },
      { weight: 2, arbitrary: path.map(remove) },
      { weight: 1, arbitrary: path.map(updateMetadata) },
      { weight: 2, arbitrary: fc.constantFrom(flush, reopen) },
      { weight: 1, arbitrary: fc.constantFrom(clear, damage, dropDamaged) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 30 }), fc.nat(), async (history, at) => {
        await crash(history, at % ((await stepsOf(history)) + 1));
      }),
      { numRuns: Number(process.env['MALMOI_CRASHES'] ?? 60) },
    );
  });

  for (const [name, history] of Object.entries(HISTORIES).slice(0, 8))
    it(`a disk that fails at any operation, or at any two, loses nothing acknowledged: ${name}`, async () => {
      const steps = await stepsOf(history);
      for (let first = BEGUN; first < steps; first++)
        for (const second of [first, first + 1, first + 2, first + 3, first + 5, first + 8])
          for (const code of ['ENOSPC', 'EIO']) await failing(history, [first, second], code);
    });
});

async function stepsOf(history: readonly Change[]): Promise<number> {
  const disk = new CrashingDisk();
  await runTo(disk, history);
  return disk.steps;
}

/** Stops the machine at a step; then every disk that the next start may find. */
async function crash(history: readonly Change[], at: number): Promise<void> {
  const disk = new CrashingDisk();
  disk.crashAt = at;
  const ending = await runTo(disk, history);
  for (const found of disk.outcomes()) {
    const seen = await check(found.killed(), ending, `power loss at ${at}`);
    await check(found, { acknowledged: seen, pending: seen }, `power loss at ${at}, second start`);
  }
  await killed(disk, ending, at);
}

/** The process dies, another takes over, and only then power is lost: nothing was made durable by the death. */
async function killed(disk: CrashingDisk, ending: Ending, at: number): Promise<void> {
  for (let step = 0; ; step++) {
    const next = disk.killed();
    next.crashAt = step;
    const { finished } = await reopenAndPut(next);
    const both: Ending = { acknowledged: ending.acknowledged, pending: ending.pending };
    const wanted = finished
      ? [withLast(both.acknowledged), withLast(both.pending)]
      : [both.acknowledged, both.pending, withLast(both.acknowledged), withLast(both.pending)];
    for (const found of next.outcomes(60)) {
      const index = await openOn(found);
      assertOneOf(await contentsOf(index), wanted, `killed at ${at}, power loss ${step} later`);
    }
    if (finished) break;
  }
}

async function reopenAndPut(disk: CrashingDisk): Promise<{ finished: boolean }> {
  try {
    await apply(await openOn(disk), LAST, disk);
    return { finished: true };
  } catch {
    return { finished: false };
  }
}

/** Opens, looks, changes something, opens again; what was seen at first. */
async function check(disk: CrashingDisk, { acknowledged, pending }: Ending, when: string): Promise<Contents> {
  const index = await openOn(disk);
  assert.deepEqual(index.damage, [], when);
  const seen = await contentsOf(index);
  assertOneOf(seen, [acknowledged, pending], when);
  await apply(index, LAST, disk);
  const [lost] = disk.outcomes(1);
  assert.equal(keyOf(await contentsOf(await openOn(lost!))), keyOf(withLast(seen)), `${when}, continued`);
  return seen;
}

function assertOneOf(seen: Contents, wanted: readonly Contents[], when: string): void {
  const keys = wanted.map(keyOf);
  assert.ok(keys.includes(keyOf(seen)), `${when}: ${keyOf(seen)}, not ${[...new Set(keys)].join(' or ')}`);
}

/** Runs on although some operations fail, as the engine does; then power is lost. */
async function failing(history: readonly Change[], steps: readonly number[], code: string): Promise<void> {
  const disk = new CrashingDisk();
  for (const step of steps) disk.failAt.set(step, code);
  const when = `${code} at ${steps.join(' and ')}`;
  let index = await openOn(disk);
  let now: Contents = new Map();
  let allowed = [now];
  for (const change of history) {
    const flushed = flushedIn(index);
    const stepsBefore = disk.steps;
    try {
      index = await apply(index, change, disk);
      // Started again, it may show what was not acknowledged.
      if (change.kind === 'reopen') {
        now = await contentsOf(index);
        assertOneOf(now, allowed, `${when}, opened again`);
      } else now = after(now, change, flushed);
      // What touched the disk has first made sure of what is valid there.
      if (disk.steps > stepsBefore || change.kind === 'damage') allowed = [now];
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      if (change.kind === 'reopen') index = await openOn(disk);
      // Not acknowledged: it may come back after a restart. What the index shows meanwhile is one of both.
      allowed = [...allowed, ...allowed.map(before => after(before, change, flushed))];
      now = masked(await contentsOf(index), now);
      assertOneOf(now, allowed, `${when}, after ${change.kind} failed`);
    }
  }
  assert.equal(keyOf(masked(await contentsOf(index), now)), keyOf(now), when);
  for (const found of [...disk.outcomes(20), disk.killed()]) {
    const reopened = await openOn(found);
    assertOneOf(await contentsOf(reopened), allowed, `${when}, opened again`);
    assert.deepEqual(reopened.damage, [], when);
  }
}

/** An open index may still have in memory what is damaged on the disk. */
function masked(seen: Contents, known: Contents): Contents {
  return new Map([...seen].map(([path, text]) => [path, known.get(path) === DAMAGED ? DAMAGED : text]));
}
