import assert from 'node:assert/strict';
import { EncoderPool } from '../../src/model/encoderPool.ts';
import type { ModelFolder } from '../../src/model/modelFolder.ts';

const WORKER = new URL('../fakes/slowEncoder.ts', import.meta.url);
const FOLDER = {} as ModelFolder;
const batch = [{ kind: 'passage' as const, context: '', text: '글' }];

describe('EncoderPool', () => {
  let pool: EncoderPool;
  beforeEach(() => {
    pool = new EncoderPool(WORKER, FOLDER, { sessions: 2, threads: 1 });
  });
  afterEach(() => pool.close());
  const threadsOf = async (calls: readonly Promise<{ tokens: number }>[]): Promise<number[]> =>
    (await Promise.all(calls)).map(({ tokens }) => tokens);

  it('opens another session only for what comes while the first is busy', async () => {
    const first = await threadsOf([pool.encode(batch)]);
    assert.deepEqual(await threadsOf([pool.encode(batch)]), first);
    const both = await threadsOf([pool.encode(batch), pool.encode(batch)]);
    assert.equal(both[0], first[0]);
    assert.notEqual(both[1], first[0]);
  });
  it('shares batches out evenly, and lets a query go before those that wait', async () => {
    const order: string[] = [];
    const calls = ['가', '나', '다', '라'].map(name => pool.encode(batch).then(() => order.push(name)));
    const query = pool.encodeQuery('질문').then(vector => {
      order.push('질문');
      return vector;
    });
    await Promise.all(calls);
    assert.deepEqual([...(await query).dimensions], ['질문'.length]);
    assert.ok(
      order.indexOf('질문') <= 2 + 1,
      `${order.join(' ')}: at most the batches under way are before it`,
    );
    assert.notEqual(order.at(-1), '질문');
  });
  it('rejects what is under way when closed', async () => {
    const calls = Promise.allSettled([pool.encode(batch), pool.encode(batch)]);
    await pool.close();
    assert.deepEqual(
      (await calls).map(({ status }) => status),
      ['rejected', 'rejected'],
    );
  });
});
