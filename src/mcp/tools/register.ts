/**
 * Registers the tools of a server: arguments come in, answers go out, and failures become results that say
 * what to do.
 */
import type * as z from 'zod/v4';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { CallToolResult, ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { AgentError, problemText } from '../agentError.ts';
import type { Answer, Asking, Indexing } from '../answers/answer.ts';
import type { Desk } from '../desk.ts';
import { isAbort } from '../../threads/abort.ts';
import { descriptionsIn } from './descriptions.ts';
import { callExplain, callOutline, callReadPassage, callRelated, callSearch, callStatus } from './calls.ts';
import { inputsIn } from './inputs.ts';
import { explainOutput, hitsOutput, outlineOutput, passagesOutput, statusOutput } from './outputs.ts';

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** The tools change nothing and look at nothing outside of the open folders. */
const READ_ONLY = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

export function registerTools(server: McpServer, desk: Desk): void {
  const says = descriptionsIn(desk.say);
  const inputs = inputsIn(desk.say);
  const annotations = READ_ONLY;
  server.registerTool(
    'search',
    { ...says.search, inputSchema: inputs.search, outputSchema: hitsOutput, annotations },
    (args, extra) => answer(desk, extra, hitsOutput, (call, progress) => callSearch(args, call, progress)),
  );
  server.registerTool(
    'read_passage',
    { ...says.readPassage, inputSchema: inputs.readPassage, outputSchema: passagesOutput, annotations },
    (args, extra) => answer(desk, extra, passagesOutput, call => callReadPassage(args, call)),
  );
  server.registerTool(
    'outline',
    { ...says.outline, inputSchema: inputs.outline, outputSchema: outlineOutput, annotations },
    (args, extra) => answer(desk, extra, outlineOutput, call => callOutline(args, call)),
  );
  server.registerTool(
    'related',
    { ...says.related, inputSchema: inputs.related, outputSchema: hitsOutput, annotations },
    (args, extra) => answer(desk, extra, hitsOutput, (call, progress) => callRelated(args, call, progress)),
  );
  server.registerTool(
    'explain',
    { ...says.explain, inputSchema: inputs.explain, outputSchema: explainOutput, annotations },
    (args, extra) => answer(desk, extra, explainOutput, call => callExplain(args, call)),
  );
  server.registerTool('status', { ...says.status, outputSchema: statusOutput, annotations }, extra =>
    answer(desk, extra, statusOutput, callStatus),
  );
}

export interface Call extends Asking {
  readonly desk: Desk;
}

/** Reports steps done, their total, and a message. */
export type Progress = (done: number, of: number, message: string) => void;

/** `output` is the schema that the client was given; the answer must match it. */
async function answer<T extends Record<string, unknown>>(
  desk: Desk,
  extra: Extra,
  _output: z.ZodType<T>,
  work: (call: Call, progress: Progress) => Promise<Answer<T>>,
): Promise<CallToolResult> {
  const { signal } = extra;
  try {
    const engine = await desk.access.ready(signal);
    const { access, folders, say } = desk;
    const indexing = (): Promise<Indexing | null> => access.indexing(engine, signal);
    const call = { desk, engine, signal, say, labelOf: folders.labelOf, indexing };
    const { fields, text } = await work(call, progressOf(extra));
    return { content: [{ type: 'text', text }], structuredContent: { ...fields } };
  } catch (error) {
    // This applies whatever reason the client gave: the SDK answers no request that was cancelled.
    if (signal.aborted || isAbort(error)) throw error;
    return { content: [{ type: 'text', text: failureText(desk, error) }], isError: true };
  }
}

export function failureText(desk: Desk, error: unknown): string {
  if (error instanceof AgentError) return problemText(error.problem, desk.say);
  desk.log(error);
  return desk.messageOf(error);
}

function progressOf({ _meta, sendNotification }: Extra): Progress {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  return (progress, total, message) =>
    void sendNotification({
      method: 'notifications/progress',
      params: { progressToken, progress, total, message },
    }).catch(() => undefined);
}
