import assert from 'node:assert/strict';
import { Thread, ThreadTimeoutError } from '../../src/threads/thread.ts';

const WORKER = new URL('../fakes/echoThread.ts', import.meta.url);

describe('Thread', () => {
  let thread: Thread<string, string>;
  beforeEach(() => {
    thread = new Thread(WORKER, null);
  });
  afterEach(() => thread.close());

  it('answers one after the other, urgent requests first', async () => {
    const order: string[] = [];
    const note = (text: string): void => void order.push(text);
    await Promise.all([
      thread.call('a').then(note),
      thread.call('b').then(note),
      thread.call('c').then(note),
      thread.call('now', { urgent: true }).then(note),
    ]);
    assert.deepEqual(order, ['a', 'now', 'b', 'c']);
  });
  it('brings the user’s errors across', async () => {
    await assert.rejects(thread.call('fail'), {
      name: 'UserError',
      code: 'modelDamaged',
      subject: 'model.onnx',
    });
    assert.equal(await thread.call('still there'), 'still there');
  });
  it('ends a request that takes too long, and goes on with a new thread', async () => {
    const waiting = thread.call('after');
    void waiting.catch(() => undefined);
    await waiting;
    const hanging = thread.call('hang', { timeout: 300 });
    const next = thread.call('next');
    await assert.rejects(hanging, ThreadTimeoutError);
    assert.equal(await next, 'next');
  });
  it('survives the death of its thread', async () => {
    const dying = thread.call('die');
    const next = thread.call('next');
    await assert.rejects(dying, /ended with code 3/);
    assert.equal(await next, 'next');
  });
  it('drops a request aborted before its turn', async () => {
    const abort = new AbortController();
    const first = thread.call('a');
    const second = thread.call('b', { signal: abort.signal });
    abort.abort();
    await first;
    await assert.rejects(second, { name: 'AbortError' });
  });
  it('gives its memory back when nothing is asked for a while, and answers again', async () => {
    const resting = new Thread<string, string>(WORKER, null, { restAfter: 50 });
    const first = await resting.call('thread');
    assert.equal(await resting.call('thread'), first, 'the same one while it is asked');
    await new Promise(resolve => setTimeout(resolve, 300));
    assert.notEqual(await resting.call('thread'), first);
    await resting.close();
  });
  it('rejects everything when closed', async () => {
    const pending = Promise.allSettled([thread.call('hang'), thread.call('b')]);
    await thread.close();
    assert.deepEqual(
      (await pending).map(result => result.status),
      ['rejected', 'rejected'],
    );
    await assert.rejects(thread.call('c'));
  });
});
