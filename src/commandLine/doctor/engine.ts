/** `malmoi doctor` on the engine of the store. */
import { UserError } from '../../errors/userError.ts';
import { connectSocket, secretOf, socketPath } from '../../rpc/endpoint.ts';
import { EngineGoneError } from '../../rpc/engineClient.ts';
import { meet } from '../../rpc/greeting.ts';
import type { Secret } from '../../rpc/proof.ts';
import { fine, wrong, type Check } from './check.ts';

interface Engine {
  readonly storePath: string;
  readonly version: string;
  readonly language: string;
}

/** Milliseconds: an engine in the middle of heavy work answers later than at once. */
const PATIENCE = 10_000;

/** Tells whether an engine of the store runs, and whether whoever listens in its place is one. */
export async function checkEngine({ storePath, version, language }: Engine): Promise<Check> {
  try {
    const socket = await connectSocket(storePath);
    if (socket === null) return fine('engine', '쉬는 중 / not running');
    const secret = (): Promise<Secret | null> => secretOf(storePath);
    const greeting = { version, language, secret, trusted: () => undefined };
    const { greeted, part } = meet(socket, greeting, PATIENCE);
    const met = await greeted.finally(part);
    if (met.who === 'engine') return fine('engine', `도는 중 / running (${met.hello.version})`);
    return wrong(
      'engine',
      socketPath(storePath),
      '말모이의 엔진이라고 증명하지 못한 프로그램이 그 자리에 있습니다. 말모이를 모두 닫았다가 다시 열고, 그래도 같으면 --store DIR을 쓰세요 / a program that could not prove to be the engine is in its place: close all of Malmoi and open it again, or use --store DIR',
    );
  } catch (error) {
    if (error instanceof EngineGoneError)
      return wrong(
        'engine',
        socketPath(storePath),
        '대답이 없습니다. 잠시 뒤 다시 해 보세요 / it does not answer: try again in a moment',
      );
    if (!(error instanceof UserError)) throw error;
    return wrong(
      'engine',
      error.subject,
      '다른 사용자의 것입니다. --store DIR을 쓰세요 / it belongs to another user: use --store DIR',
    );
  }
}
