import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { boundedMessages } from '../../src/rpc/boundedMessages.ts';

function framed(body: string): Buffer {
  return Buffer.from(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

/** What comes through of these bytes, given in pieces of these sizes; and whether the socket stays open. */
async function sent(bytes: Buffer, sizes: readonly number[], limit: number): Promise<[Buffer, boolean]> {
  const socket = new PassThrough();
  const through: Buffer[] = [];
  const messages = boundedMessages(socket, limit).on('data', (chunk: Buffer) => through.push(chunk));
  messages.on('error', () => undefined);
  const closed = new Promise<boolean>(resolve => {
    messages.once('end', () => resolve(true));
    messages.once('close', () => resolve(false));
  });
  let at = 0;
  for (let i = 0; at < bytes.length && !socket.destroyed; i++) {
    const size = sizes[i % sizes.length]!;
    socket.write(bytes.subarray(at, at + size));
    at += size;
    await new Promise(resolve => setImmediate(resolve));
  }
  socket.end();
  return [Buffer.concat(through), await closed];
}

describe('messages of a bounded size', function () {
  this.timeout(30_000);

  it('come through as they are, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ maxLength: 60, unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (bodies, sizes) => {
          const bytes = Buffer.concat(bodies.map(framed));
          const [through, isOpen] = await sent(bytes, sizes, 1_000);
          assert.ok(isOpen);
          assert.ok(through.equals(bytes));
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const [what, bytes] of [
    ['a message that says it is too long', Buffer.from('Content-Length: 101\r\n\r\n')],
    [
      'one that says so after a good one',
      Buffer.concat([framed('{}'), Buffer.from('Content-Length: 99999\r\n\r\n')]),
    ],
    ['a header without an end', Buffer.alloc(5_000, 'x')],
    ['a header without a length', Buffer.from('Content-Type: x\r\n\r\n{}')],
  ] as const)
    it(`close the connection at ${what}`, async () => {
      for (const sizes of [[1], [7], [10_000]]) {
        const [, isOpen] = await sent(bytes, sizes, 100);
        assert.equal(isOpen, false);
      }
    });
});
