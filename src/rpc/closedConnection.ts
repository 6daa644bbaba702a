/** A client's connection that has ended, or is about to. */
import { ErrorCodes, ResponseError, type MessageConnection } from 'vscode-jsonrpc/node';
import type { Disposable } from '../domain/engine.ts';
import { EngineGoneError } from './engineClient.ts';
import { delay } from './startEngine.ts';

/**
 * Closes the connection and its socket. Disposing of the connection alone would leave the socket open, and
 * the engine waiting for us.
 */
export function hangUp(connection: MessageConnection): void {
  connection.end();
  connection.dispose();
}

/** Milliseconds to wait, after a connection shows the first sign of its end, until it is reported as closed. */
const CLOSE_WAIT = 1_000;
/** Error codes of requests that failed because of their connection. */
const TRANSPORT: ReadonlySet<number> = new Set([
  ErrorCodes.PendingResponseRejected,
  ErrorCodes.ConnectionInactive,
  ErrorCodes.MessageReadError,
  ErrorCodes.MessageWriteError,
]);

/** A closed connection never answers: its requests reject with `EngineGoneError` once it is known to be closed. */
export async function unlessClosed<T>(connection: MessageConnection, answer: Promise<T>): Promise<T> {
  let watch: Disposable | undefined;
  const closed = new Promise<never>((_, reject) => {
    watch = connection.onClose(() => reject(new EngineGoneError('the engine ended')));
  });
  closed.catch(() => undefined);
  try {
    return await Promise.race([
      answer.catch(async (error: unknown) => {
        if (error instanceof ResponseError && !TRANSPORT.has(error.code)) throw error;
        // The message that it ended on purpose may still be on its way to us.
        await Promise.race([closed, delay(CLOSE_WAIT)]);
        throw new EngineGoneError(String(error));
      }),
      closed,
    ]);
  } finally {
    watch?.dispose();
  }
}
