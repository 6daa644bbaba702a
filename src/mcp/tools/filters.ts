/** Translates an agent's filters into the engine's. */
import type { FileFilter } from '../../domain/fileFilter.ts';
import { AgentError } from '../agentError.ts';

export interface Filters {
  readonly folder?: string | undefined;
  readonly path?: readonly string[] | undefined;
  readonly ext?: readonly string[] | undefined;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** Throws an `AgentError`. */
export function filterOf({ path, ext, after, before }: Filters): FileFilter {
  return {
    ...(path === undefined ? {} : { include: path }),
    ...(ext === undefined ? {} : { extensions: ext }),
    ...(after === undefined ? {} : { modifiedFrom: dayOf(after) }),
    ...(before === undefined ? {} : { modifiedBefore: dayOf(before) }),
  };
}

/** Midnight of that day in this machine's time zone. */
function dayOf(text: string): number {
  const time = new Date(`${text}T00:00:00`).getTime();
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(time))
    throw new AgentError({ code: 'unknownDate', text });
  return time;
}
