/**
 * Writes documents in bulk: so many bytes on their way at most, refused ones again after a pause, and nothing is said
 * to be written before the server has said so of each.
 *
 * Every action is by id, so that one that is sent twice, for its answer got lost, changes nothing.
 */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import { send } from './send.ts';
import { segment, writeAlias } from './teamIndexes.ts';
import { faultOfStatus, TeamFault } from './teamFault.ts';

export type BulkAction =
  | { readonly kind: 'index'; readonly id: string; readonly document: object }
  | { readonly kind: 'delete'; readonly id: string };

export interface BulkOptions {
  readonly signal: AbortSignal;
  /** Called where the server can't take anything now, with why, and with null when it goes on. */
  readonly onWaiting: (fault: TeamFault | null) => void;
  /** Milliseconds that are waited for a server that is away or full; then the work ends with its fault. */
  readonly patience?: number;
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Of one request, and of all under way. */
export const REQUEST_BYTES = 4 * 1024 ** 2;
const UNDER_WAY = 4;
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 10_000;
const PATIENCE = 10 * 60_000;
const REQUEST_LIMIT = 60_000;

const Item = v.object({ _id: v.string(), status: v.number(), error: v.optional(v.unknown()) });
const Answer = v.object({
  items: v.array(v.union([v.object({ index: Item }), v.object({ delete: Item })])),
});

interface Line {
  readonly action: BulkAction;
  readonly text: string;
}

export class BulkWriter {
  readonly #client: Client;
  readonly #index: string;
  readonly #options: BulkOptions;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;
  #isAway = false;

  constructor(client: Client, index: string, options: BulkOptions) {
    this.#client = client;
    this.#index = index;
    this.#options = options;
  }

  /** Resolves when all of it is durable. Rejects with what the server says of a document, or `AbortError`. */
  async write(actions: readonly BulkAction[]): Promise<void> {
    for (const lines of inRequests(actions)) {
      await this.#slot();
      try {
        await this.#writeAll(lines);
      } finally {
        this.#underWay--;
        this.#waiting.shift()?.();
      }
    }
  }

  async #slot(): Promise<void> {
    while (this.#underWay >= UNDER_WAY) await new Promise<void>(resolve => this.#waiting.push(resolve));
    this.#underWay++;
  }

  async #writeAll(lines: readonly Line[]): Promise<void> {
    const { signal, onWaiting, patience = PATIENCE, pause = paused } = this.#options;
    let left = lines;
    let waited = 0;
    for (let next = FIRST_PAUSE; ; next = Math.min(2 * next, LONGEST_PAUSE)) {
      const { refused, fault } = await this.#send(left);
      if (refused.length < left.length) {
        waited = 0;
        next = FIRST_PAUSE;
      }
      left = refused;
      if (left.length === 0) {
        if (this.#isAway) onWaiting(null);
        this.#isAway = false;
        return;
      }
      if (waited >= patience) throw fault!;
      this.#isAway = true;
      onWaiting(fault);
      await pause(next, signal);
      waited += next;
    }
  }

  /** What was refused for a reason that may pass. */
  async #send(lines: readonly Line[]): Promise<{ refused: readonly Line[]; fault: TeamFault | null }> {
    const { signal } = this.#options;
    let answer: unknown;
    try {
      answer = await send(
        this.#client,
        {
          method: 'POST',
          path: `/${segment(writeAlias(this.#index))}/_bulk`,
          query: { require_alias: true },
          lines: lines.map(({ text }) => text).join(''),
        },
        { signal, timeout: REQUEST_LIMIT },
      );
    } catch (error) {
      // What became of it is not known: all of it is sent again, under the same ids.
      if (error instanceof TeamFault && error.isPassing) return { refused: lines, fault: error };
      throw error;
    }
    const found = v.safeParse(Answer, answer);
    if (!found.success || found.output.items.length !== lines.length)
      throw new TeamFault('malformed', 'answer to a bulk request');
    let fault: TeamFault | null = null;
    const refused = lines.filter((_, i) => {
      const item = found.output.items[i]!;
      const { status, error } = 'index' in item ? item.index : item.delete;
      // One that is to be deleted may be gone.
      if (status < 300 || (status === 404 && 'delete' in item)) return false;
      const own = faultOfStatus(status, { error });
      if (!own.isPassing) throw own;
      fault ??= own;
      return true;
    });
    return { refused, fault };
  }
}

function* inRequests(actions: readonly BulkAction[]): Generator<readonly Line[]> {
  let lines: Line[] = [];
  let bytes = 0;
  for (const action of actions) {
    const text = textOf(action);
    if (lines.length > 0 && bytes + text.length > REQUEST_BYTES) {
      yield lines;
      [lines, bytes] = [[], 0];
    }
    lines.push({ action, text });
    bytes += text.length;
  }
  if (lines.length > 0) yield lines;
}

function textOf(action: BulkAction): string {
  const { kind, id } = action;
  const head = `${JSON.stringify({ [kind]: { _id: id } })}\n`;
  return action.kind === 'index' ? `${head}${JSON.stringify(action.document)}\n` : head;
}

function paused(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}
