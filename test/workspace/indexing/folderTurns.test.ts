import assert from 'node:assert/strict';
import { FolderTurns } from '../../../src/workspace/indexing/folderTurns.ts';

/** Work that ends when it is told to, and notes when it begins and ends. */
function step(name: string, notes: string[]): { work: () => Promise<string>; end: () => void } {
  let end = (): void => undefined;
  const ended = new Promise<void>(resolve => (end = resolve));
  const work = async (): Promise<string> => {
    notes.push(`${name} begins`);
    await ended;
    notes.push(`${name} ends`);
    return name;
  };
  return { work, end: () => end() };
}
const ticks = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('turns of a folder', () => {
  it('says whether there is a search, and when there is none any more', async () => {
    const turns = new FolderTurns();
    const [one, other] = ['one', 'other'].map(name => step(name, []));
    const both = [turns.search(['a'], one!.work), turns.search(['a', 'b'], other!.work)];
    await ticks();
    assert.equal(turns.isSearching, true);
    let ended = false;
    const ending = turns.searchesEnded(60_000).then(() => (ended = true));
    one!.end();
    await ticks();
    assert.equal(ended, false);
    other!.end();
    await Promise.all([...both, ending]);
    assert.equal(turns.isSearching, false);
    await turns.searchesEnded(60_000);
  });

  it('lets a search wait for the changes that are under way, also those that came while it waited', async () => {
    const turns = new FolderTurns();
    const notes: string[] = [];
    const [close, open, search] = ['close', 'open', 'search'].map(name => step(name, notes));
    const closing = turns.change('a', close!.work);
    const searching = turns.search(['b', 'a'], search!.work);
    await ticks();
    const opening = turns.change('a', open!.work);
    close!.end();
    await ticks();
    assert.deepEqual(notes, ['close begins', 'close ends', 'open begins']);
    open!.end();
    search!.end();
    assert.deepEqual(await Promise.all([closing, opening, searching]), ['close', 'open', 'search']);
    assert.deepEqual(notes.slice(3), ['open ends', 'search begins', 'search ends']);
  });

  it('lets a change wait for the searches of its folder alone', async () => {
    const turns = new FolderTurns();
    const notes: string[] = [];
    const [one, other] = [step('one', notes), step('other', notes)];
    const searching = turns.search(['a'], one.work);
    const elsewhere = turns.search(['b'], other.work);
    const closing = turns.change('a', async () => {
      await turns.searched('a');
      notes.push('closed');
    });
    await ticks();
    assert.deepEqual(notes, ['one begins', 'other begins']);
    one.end();
    await closing;
    assert.deepEqual(notes.slice(2), ['one ends', 'closed']);
    other.end();
    await Promise.all([searching, elsewhere]);
  });

  it('goes on after a change that failed', async () => {
    const turns = new FolderTurns();
    const failing = turns.change('a', () => Promise.reject(new Error('no such folder')));
    const after = turns.change('a', () => Promise.resolve('open'));
    await assert.rejects(failing, /no such folder/);
    assert.equal(await after, 'open');
    assert.equal(await turns.search(['a'], () => Promise.resolve('found')), 'found');
  });
});
