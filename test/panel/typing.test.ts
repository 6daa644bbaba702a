import assert from 'node:assert/strict';
import { QueryHistory } from '../../media/panel/history.ts';
import { boxIntent, listIntent, type Key } from '../../media/panel/keys.ts';
import { EMPTY_MEMORY, recall } from '../../media/panel/memory.ts';
import type { FromPanel } from '../../media/panel/messages.ts';
import { SearchSession } from '../../media/panel/searchSession.ts';

function wait(time: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, time));
}

function key(name: string, change: Partial<Key> = {}): Key {
  return {
    key: name,
    keyCode: 0,
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...change,
  };
}

describe('keys', () => {
  it('are the input method’s while it composes', () => {
    for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
      for (const name of ['Enter', 'ArrowDown', 'Escape']) {
        assert.equal(boxIntent(key(name, composing)), null);
        assert.equal(listIntent(key(name, composing), false), null);
      }
    }
  });

  it('open: Enter here, with Ctrl or Cmd to the side, Space as a preview', () => {
    assert.deepEqual(listIntent(key('Enter'), false), { type: 'open', toSide: false, preview: false });
    assert.deepEqual(listIntent(key('Enter', { ctrlKey: true }), false), {
      type: 'open',
      toSide: true,
      preview: false,
    });
    assert.deepEqual(boxIntent(key('Enter', { metaKey: true })), {
      type: 'open',
      toSide: true,
      preview: false,
    });
    assert.deepEqual(listIntent(key(' '), false), { type: 'open', toSide: false, preview: true });
  });

  it('press a focused bar rather than open its hit', () => {
    assert.equal(listIntent(key('Enter'), true), null);
    assert.equal(listIntent(key(' '), true), null);
    assert.deepEqual(listIntent(key('ArrowDown'), true), { type: 'move', to: 'next' });
  });

  it('say right and wrong on a hit, and are text in the box', () => {
    for (const right of [key('+'), key('+', { shiftKey: true }), key('=')])
      assert.deepEqual(listIntent(right, false), { type: 'judge', verdict: 'relevant' });
    assert.deepEqual(listIntent(key('-'), true), { type: 'judge', verdict: 'notRelevant' });
    for (const other of [
      key('+', { ctrlKey: true }),
      key('-', { metaKey: true }),
      key('-', { keyCode: 229 }),
    ])
      assert.equal(listIntent(other, false), null);
    assert.equal(boxIntent(key('-')), null);
  });

  it('leave the box’s own editing alone', () => {
    for (const name of ['ArrowLeft', 'Home', 'End', ' ', 'a']) assert.equal(boxIntent(key(name)), null);
    assert.equal(boxIntent(key('ArrowDown', { shiftKey: true })), null);
    assert.deepEqual(boxIntent(key('ArrowUp', { altKey: true })), { type: 'olderQuery' });
  });
});

describe('query history', () => {
  it('steps back and forth and returns to the draft', () => {
    const history = new QueryHistory(['연차', '환불']);
    assert.equal(history.older('배'), '환불');
    assert.equal(history.older('환불'), '연차');
    assert.equal(history.older('연차'), null);
    assert.equal(history.newer(), '환불');
    assert.equal(history.newer(), '배');
    assert.equal(history.newer(), null);
  });

  it('keeps a query once, the latest last, and at most fifty', () => {
    const history = new QueryHistory([]);
    for (let index = 0; index < 60; index++) history.add(`질의 ${index}`);
    history.add(' 질의 30 ');
    history.add('  ');
    assert.equal(history.queries.length, 50);
    assert.equal(history.queries.at(-1), '질의 30');
  });
});

describe('the stored state', () => {
  it('is read piece by piece, whatever stands there', () => {
    for (const broken of [
      undefined,
      null,
      3,
      'x',
      [],
      { query: 3, channel: 'all', anchor: { id: 1 }, history: 'x', limit: 1e9 },
    ]) {
      assert.deepEqual(recall(broken), EMPTY_MEMORY);
    }
    const whole = {
      query: '연차',
      channel: 'lexical',
      selected: 'p',
      anchor: { id: 'p', offset: 4 },
      limit: 200,
      history: ['연차'],
    };
    assert.deepEqual(recall(whole), whole);
  });
});

describe('a search session', () => {
  const query = { query: '연차', channel: 'hybrid', limit: 50, typing: true, withoutRewritings: [] } as const;

  it('waits for a pause in the typing and sends only the last text', async () => {
    const posted: FromPanel[] = [];
    const session = new SearchSession(
      message => posted.push(message),
      () => undefined,
    );
    for (const text of ['ㅇ', '여', '연', '연차']) {
      session.schedule({ ...query, query: text });
      await wait(5);
    }
    assert.deepEqual(posted, []);
    await wait(160);
    assert.deepEqual(posted, [{ type: 'search', request: 1, isRefresh: false, search: query }]);
  });

  it('cancels what runs before it starts anew, and knows stale answers', () => {
    const posted: FromPanel[] = [];
    const session = new SearchSession(
      message => posted.push(message),
      () => undefined,
    );
    session.start(query);
    session.start(query);
    assert.deepEqual(
      posted.map(message => message.type),
      ['search', 'cancel', 'search'],
    );
    assert.equal(session.finish(1), false);
    assert.equal(session.finish(2), true);
    session.cancel();
    assert.equal(posted.length, 3, 'nothing runs, nothing is cancelled');
  });
});
