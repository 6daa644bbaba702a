/** Why a server did not do what was asked. The library's own errors hold the Authorization header: none goes further. */
import { errors } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import type { TeamState } from '../../domain/team/team.ts';
import { isAbort } from '../../threads/abort.ts';
import { TooLargeError } from './boundedConnection.ts';

export type TeamFaultState = Exclude<TeamState, 'answered'>;

export class TeamFault extends Error {
  override readonly name = 'TeamFault';
  readonly state: TeamFaultState;
  /** HTTP status; 0 where there is none. */
  readonly status: number;

  /** `detail`: what the server or the system called it; never what was sent. */
  constructor(state: TeamFaultState, detail: string, status = 0) {
    super(`${state}: ${detail}`);
    this.state = state;
    this.status = status;
  }

  /** Worth trying again by itself. */
  get isPassing(): boolean {
    return PASSING.has(this.state);
  }
}

const PASSING: ReadonlySet<TeamFaultState> = new Set(['slow', 'unreachable', 'busy', 'full']);

const UNTRUSTED =
  /CERT_|_CERT|SELF_SIGNED|UNABLE_TO_(?:GET_ISSUER|VERIFY)|ALTNAME|ERR_SSL|ERR_TLS|EPROTO|certificate/u;
const ErrorBody = v.object({
  error: v.union([
    v.object({ type: v.string(), reason: v.optional(v.nullable(v.string())) }),
    v.pipe(
      v.string(),
      v.transform(type => ({ type, reason: null })),
    ),
  ]),
});

/** An abort stays one. */
export function faultOf(error: unknown): Error {
  if (error instanceof TeamFault || isAbort(error)) return error as Error;
  const { message } = error as Error;
  if (error instanceof errors.ResponseError) return faultOfStatus(error.statusCode ?? 0, error.body);
  if (error instanceof errors.TimeoutError || message.includes('ETIMEDOUT'))
    return new TeamFault('slow', 'no answer in time');
  if (error instanceof errors.RequestAbortedError) return new TeamFault('slow', 'given up');
  if (error instanceof errors.DeserializationError) return new TeamFault('malformed', 'no JSON');
  if (error instanceof errors.ConfigurationError) return new TeamFault('insecure', error.message);
  if (error instanceof TooLargeError) return new TeamFault('malformed', error.message);
  if (message.startsWith('more than ')) return new TeamFault('malformed', message);
  if (UNTRUSTED.test(message)) return new TeamFault('untrusted', message);
  if (error instanceof errors.ConnectionError || error instanceof errors.NoLivingConnectionsError)
    return new TeamFault('unreachable', message);
  return error as Error;
}

/** `body` is data from outside: of it, only the names of errors are taken. */
export function faultOfStatus(status: number, body: unknown): TeamFault {
  const found = v.safeParse(ErrorBody, body);
  const { type, reason } = found.success ? found.output.error : { type: `HTTP ${status}`, reason: null };
  const detail = `${type}${typeof reason === 'string' ? ` (${reason.slice(0, 200)})` : ''}`;
  return new TeamFault(stateOf(status, type, detail), detail, status);
}

function stateOf(status: number, type: string, detail: string): TeamFaultState {
  if (status === 401) return 'unauthorized';
  if (type === 'cluster_block_exception' || /flood.?stage|read.only.*allow.delete/u.test(detail))
    return /INDEX_READ_ONLY|read.only|flood|disk usage/u.test(detail) ? 'full' : 'busy';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'missing';
  if (status === 429 || type === 'circuit_breaking_exception') return 'busy';
  if (status === 502 || status === 503) return 'unreachable';
  if (status === 504) return 'slow';
  return 'failed';
}
