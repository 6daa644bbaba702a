import assert from 'node:assert/strict';
import { Thread, ThreadTimeoutError } from '../../src/threads/thread.ts';

const WORKER = new URL('../fakes/echoThread.ts', import.meta.url);

for (const ahead of [false, true])
  describe(ahead ? 'Thread that sends the next request ahead' : 'Thread', () => {
    let thread: Thread<string, string>;
    beforeEach(() => {
      thread = new Thread(WORKER, null, { ahead });
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
      assert.deepEqual(order, ahead ? ['a', 'b', 'now', 'c'] : ['a', 'now', 'b', 'c']);
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
    it('survives the death of one thread after the other, each time by the request that caused it', async () => {
      const all = ['die', 'a', 'die', 'hang', 'b'].map(request => thread.call(request, { timeout: 2_000 }));
      assert.deepEqual(
        (await Promise.allSettled(all)).map(({ status }) => status),
        ['rejected', 'fulfilled', 'rejected', 'rejected', 'fulfilled'],
      );
    }).timeout(30_000);
    it('drops a request aborted before its turn', async () => {
      const abort = new AbortController();
      const sent = [thread.call('a'), thread.call('b')];
      const waiting = thread.call('c', { signal: abort.signal });
      const dropped = assert.rejects(waiting, { name: 'AbortError' });
      abort.abort();
      await Promise.all([...sent, dropped]);
    });
    it('gives its memory back when nothing is asked for a while, and answers again', async () => {
      const resting = new Thread<string, string>(WORKER, null, { restAfter: 50, ahead });
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
