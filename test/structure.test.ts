/** The shape of the source: what `src/README.md` says of rooms holds for every file. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';

const SOURCE = path.resolve(import.meta.dirname, '../src');
/** A flat folder with more files is a list, not a room. */
const MOST_FILES = 20;

/** Beginnings of comments that are fragments of sentences. */
const FRAGMENT = /(?:\/\/|\/\*\*)(?:\n \*)? (?:Of|What|Those|As in|So many|One that) .*/g;
/** Rooms whose comments are still to be revised; the list may only shrink. */
const UNREVISED = [
  'readers/',
  'workspace/indexing/',
  'editor/panel/',
  'editor/results/',
  'editor/documents/',
];

const files = fs
  .readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
  .map(name => name.split(path.sep).join('/'))
  .filter(name => name.endsWith('.ts') && !name.startsWith('index/kernel/assembly/'));

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

  it('has comments that are sentences with a subject', () => {
    const unclear = files
      .filter(file => !UNREVISED.some(room => file.startsWith(room)))
      .flatMap(file => {
        const text = fs.readFileSync(path.join(SOURCE, file), 'utf8');
        return [...text.matchAll(FRAGMENT)].map(([found]) => `${file}: ${found.trim()}`);
      });
    assert.deepEqual(unclear, []);
  });

  it('has a domain that imports nothing but itself', () => {
    for (const file of files.filter(name => name.startsWith('domain/')))
      for (const target of importsOf(file)) assert.equal(roomOf(target), 'domain', file);
  });
});
