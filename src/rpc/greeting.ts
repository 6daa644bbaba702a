/** How a client meets whoever listens at the address of the engine, which may be a stranger. */
import type net from 'node:net';
import {
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
  type MessageConnection,
} from 'vscode-jsonrpc/node';
import { boundedMessages, LONGEST_ANSWER, LONGEST_GREETING } from './boundedMessages.ts';
import { unlessClosed } from './closedConnection.ts';
import { EngineGoneError } from './engineClient.ts';
import { asDigits, newNonce, proofOf, proves, type Secret } from './proof.ts';
import {
  HelloRequest,
  PROTOCOL_VERSION,
  ProveRequest,
  ShutdownRequest,
  type HelloResult,
} from './protocol.ts';

export interface Greeting {
  readonly version: string;
  readonly language: string;
  readonly secret: () => Promise<Secret | null>;
  /** Called when the engine has proven itself, before it is told anything. */
  readonly trusted: (connection: MessageConnection) => void;
}

export interface Meeting {
  readonly connection: MessageConnection;
  /** Rejects with `EngineGoneError` where the connection closes, or nobody answers. */
  readonly greeted: Promise<Greeted>;
  /** Closes the socket when all is sent, whether or not the other end does. */
  readonly part: () => void;
}

/**
 * `stranger` may be anybody: nothing that matters may be sent, and nothing that is said may be believed or shown.
 * `mayBeOld` tells that no proof came at all: engines of versions before this one knew none.
 */
export type Greeted =
  | { readonly who: 'engine'; readonly hello: HelloResult }
  | { readonly who: 'stranger'; readonly mayBeOld: boolean };

/** Milliseconds until silence is an answer: the watchdog ends an engine that hangs before. */
const PATIENCE = 45_000;

export function meet(socket: net.Socket, greeting: Greeting, patience = PATIENCE): Meeting {
  const messages = boundedMessages(socket, LONGEST_GREETING);
  const connection = createMessageConnection(
    new StreamMessageReader(messages),
    new StreamMessageWriter(socket),
  );
  connection.onError(() => undefined);
  socket.on('error', () => socket.destroy());
  connection.listen();
  const trusted = (): void => {
    messages.limit = LONGEST_ANSWER;
    greeting.trusted(connection);
  };
  const part = (): void => {
    connection.dispose();
    socket.destroySoon();
  };
  return { connection, greeted: greet(connection, { ...greeting, trusted }, patience), part };
}

/** Asks the engine of another version to end. A stranger who is asked learns nothing by it, and is not waited for. */
export async function askToLeave(connection: MessageConnection, greeted: Greeted): Promise<void> {
  if (greeted.who === 'stranger' && !greeted.mayBeOld) return;
  const left = unlessClosed(connection, connection.sendRequest(ShutdownRequest));
  if (greeted.who === 'engine') await left;
  else left.catch(() => undefined);
}

export function isOurs(greeted: Greeted, version: string): boolean {
  if (greeted.who === 'stranger') return false;
  return greeted.hello.version === version && greeted.hello.protocol === PROTOCOL_VERSION;
}

export function isNewer(greeted: Greeted, version: string): boolean {
  return greeted.who === 'engine' && isOlder(version, greeted.hello.version);
}

/** Compares versions of the form `major.minor.patch` as numbers. */
function isOlder(version: string, other: string): boolean {
  const [a, b] = [version, other].map(text => text.split('.').map(part => Number.parseInt(part, 10) || 0));
  for (let i = 0; i < 3; i++) if ((a![i] ?? 0) !== (b![i] ?? 0)) return (a![i] ?? 0) < (b![i] ?? 0);
  return false;
}

async function greet(
  connection: MessageConnection,
  { version, language, secret, trusted }: Omit<Greeting, 'trusted'> & { readonly trusted: () => void },
  patience: number,
): Promise<Greeted> {
  const nonce = newNonce();
  const params = { protocol: PROTOCOL_VERSION, version, language, nonce };
  const answer = connection.sendRequest<unknown>(HelloRequest.method, params);
  const hello = await soon(unlessClosed(connection, answer), patience).catch((error: unknown) => {
    if (error instanceof ResponseError) return null;
    throw error;
  });
  // Now: the engine has made its key before it answers.
  const shared = await secret();
  if (!isHello(hello)) return { who: 'stranger', mayBeOld: false };
  const engine = asDigits(hello.nonce);
  if (engine === null) return { who: 'stranger', mayBeOld: hello.proof === undefined };
  const nonces = { client: nonce, engine };
  if (shared === null || !proves(shared, 'engine', nonces, hello.proof))
    return { who: 'stranger', mayBeOld: false };
  trusted();
  const proof = proofOf(shared, 'client', nonces);
  await soon(unlessClosed(connection, connection.sendRequest(ProveRequest, proof)), patience);
  return { who: 'engine', hello };
}

function isHello(answer: unknown): answer is HelloResult {
  return (
    typeof answer === 'object' && answer !== null && 'version' in answer && typeof answer.version === 'string'
  );
}

async function soon<T>(answer: Promise<T>, patience: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineGoneError('nobody answers')), patience);
  });
  try {
    return await Promise.race([answer, silence]);
  } finally {
    clearTimeout(timer);
  }
}
