/** The engine's door: nobody is answered, or told anything, who has not proven that they know the secret. */
import type net from 'node:net';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { boundedMessages, LONGEST_GREETING, LONGEST_REQUEST } from './boundedMessages.ts';
import { asDigits, newNonce, proofOf, proves, type Nonces, type Secret } from './proof.ts';
import { HelloRequest, PROTOCOL_VERSION, ProveRequest, type HelloResult } from './protocol.ts';

/** Milliseconds that a proof may take: a client under a debugger or a heavy load is in no hurry. */
const PATIENCE = 120_000;

/** Calls `entered` with the connection of a client that has proven itself; closes the socket of any other. */
export function admit(
  socket: net.Socket,
  secret: Secret,
  version: string,
  entered: (client: MessageConnection) => void,
): void {
  const messages = boundedMessages(socket, LONGEST_GREETING);
  const client = createMessageConnection(new StreamMessageReader(messages), new StreamMessageWriter(socket));
  let nonces: Nonces | null = null;
  const refuse = (): Promise<null> => {
    socket.destroy();
    return new Promise(() => undefined);
  };
  const timer = setTimeout(() => socket.destroy(), PATIENCE).unref();
  socket.once('close', () => clearTimeout(timer));
  const greeting = [
    client.onRequest(HelloRequest, ({ nonce }): HelloResult => {
      const hello = { protocol: PROTOCOL_VERSION, version, pid: process.pid };
      const theirs = asDigits(nonce);
      // A client of an earlier version sends none: it learns that this one is newer, and says so to its user.
      if (theirs === null) return hello;
      nonces = { client: theirs, engine: newNonce() };
      return { ...hello, nonce: nonces.engine, proof: proofOf(secret, 'engine', nonces) };
    }),
    client.onRequest(ProveRequest, proof => {
      if (nonces === null || !proves(secret, 'client', nonces, proof)) return refuse();
      for (const each of greeting) each.dispose();
      clearTimeout(timer);
      messages.limit = LONGEST_REQUEST;
      entered(client);
      return null;
    }),
    // Any other request.
    client.onRequest(refuse),
  ];
  // A client that dies in the middle of a message is simply gone.
  client.onError(() => undefined);
  client.listen();
}
