/** The shape of the source: what `src/README.md` says of rooms holds for every file. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const SOURCE = path.resolve(import.meta.dirname, '../src');
const PANEL = path.resolve(import.meta.dirname, '../media/panel');
/** A flat folder with more files is a list, not a room. */
const MOST_FILES = 20;

/** A longer file holds more than one idea. */
const MOST_LINES = 300;
/** Tables, whose length says nothing. `.oxlintrc.json` names them as well: lint holds functions to 60 lines. */
const DATA: ReadonlySet<string> = new Set([
  'media/panel/text.ts',
  'src/commandLine/reference/commands.ts',
  'src/text/forms/korean/hanjaReadings.ts',
]);

/** Beginnings of comments that are fragments of sentences. */
const FRAGMENT = /(?:\/\/|\/\*\*)(?:\n \*)? (?:Of|What|Those|As in|So many|One that) .*/g;
const files = fs
  .readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map(name => name.split(path.sep).join('/'))
  .filter(name => name.endsWith('.ts') && !name.startsWith('index/kernel/assembly/'));

const panel = fs
  .readdirSync(PANEL, { recursive: true, encoding: 'utf8' })
  .map(name => name.split(path.sep).join('/'))
  .filter(name => name.endsWith('.ts'));

interface Lint {
  readonly overrides: readonly { readonly files: readonly string[]; readonly rules: unknown }[];
}

/** The files of `src` that a file imports, types included, relative to `src`. */
function importsOf(file: string): string[] {
  const text = fs.readFileSync(path.join(SOURCE, file), 'utf8');
  return [...text.matchAll(/from '(\.[^']+)'/g)]
    .map(([, target]) => path.posix.normalize(path.posix.join(path.posix.dirname(file), target!)))
    .filter(target => !target.startsWith('../'));
}

/** The room of a file; an entry point stands outside of all rooms. */
function roomOf(file: string): string | null {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : null;
}

/** Which rooms each room imports. */
function graph(): ReadonlyMap<string, ReadonlySet<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const file of files) {
    const room = roomOf(file);
    if (room === null) continue;
    const known = rooms.get(room) ?? new Set<string>();
    for (const target of importsOf(file)) {
      const other = roomOf(target);
      if (other !== null && other !== room) known.add(other);
    }
    rooms.set(room, known);
  }
  return rooms;
}

/** Rooms on a way from a room back to itself; empty where there is none. */
function cycleFrom(room: string, rooms: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const walk = (trail: readonly string[]): readonly string[] => {
    for (const next of rooms.get(trail.at(-1)!) ?? []) {
      if (next === room) return [...trail, next];
      if (trail.includes(next)) continue;
      const found = walk([...trail, next]);
      if (found.length > 0) return found;
    }
    return [];
  };
  return walk([room]);
}

describe('the structure of the source', () => {
  it('is read: there are rooms, and files that import others', () => {
    assert.ok(files.length > 300);
    assert.ok(graph().get('search')!.has('index'));
  });

  it('has no cycle between rooms', () => {
    const rooms = graph();
    for (const room of rooms.keys()) assert.deepEqual(cycleFrom(room, rooms), [], room);
  });

  it('has no flat room that is only a list', () => {
    const counts = new Map<string, number>();
    for (const file of files) {
      const folder = path.posix.dirname(file);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    assert.deepEqual(
      [...counts].filter(([, count]) => count > MOST_FILES),
      [],
    );
  });

  it('has no file of more than one idea, and lint says the same of functions', () => {
    const long = [
      ...files.map(name => ({ name: `src/${name}`, place: path.join(SOURCE, name) })),
      ...panel.map(name => ({ name: `media/panel/${name}`, place: path.join(PANEL, name) })),
    ].filter(({ place }) => fs.readFileSync(place, 'utf8').trimEnd().split('\n').length > MOST_LINES);
    assert.deepEqual(long.map(({ name }) => name).sort(), [...DATA].sort());
    const lint = JSON.parse(fs.readFileSync(path.join(SOURCE, '../.oxlintrc.json'), 'utf8')) as Lint;
    const rulesOf = (file: string): unknown[] =>
      lint.overrides.filter(({ files: names }) => names.includes(file)).map(({ rules }) => rules);
    assert.deepEqual(
      rulesOf('media/panel/**/*.ts').find(rules => typeof rules === 'object'),
      {
        'eslint/max-lines': ['error', { max: MOST_LINES }],
        'eslint/max-lines-per-function': ['error', { max: 60 }],
      },
    );
    for (const name of DATA) assert.deepEqual(rulesOf(name), [{ 'eslint/max-lines': 'off' }]);
  });

  it('has comments that are sentences with a subject', () => {
    assert.ok(panel.length > 20);
    const unclear = [
      ...files.map(name => path.join(SOURCE, name)),
      ...panel.map(name => path.join(PANEL, name)),
    ].flatMap(file =>
      [...fs.readFileSync(file, 'utf8').matchAll(FRAGMENT)].map(([found]) => `${file}: ${found.trim()}`),
    );
    assert.deepEqual(unclear, []);
  });

  it('has a domain that imports nothing but itself', () => {
    for (const file of files.filter(name => name.startsWith('domain/')))
      for (const target of importsOf(file)) assert.equal(roomOf(target), 'domain', file);
  });
});
