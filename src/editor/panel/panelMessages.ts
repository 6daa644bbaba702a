/** Checks messages from the panel's webview: it is a browser page, so nothing it sends is trusted. */
import * as v from 'valibot';
import type { FromPanel } from '../../../media/panel/messages.ts';
import { LONGEST_QUERY } from '../../domain/queryLimits.ts';

const request = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const schema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({
    type: v.literal('search'),
    request,
    isRefresh: v.boolean(),
    search: v.object({
      query: v.pipe(v.string(), v.maxLength(LONGEST_QUERY * 2)),
      channel: v.picklist(['hybrid', 'semantic', 'lexical']),
      limit: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(200)),
      typing: v.boolean(),
      withoutRewritings: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(200)),
      finalOnly: v.exactOptional(v.boolean()),
    }),
  }),
  v.object({ type: v.literal('cancel'), request }),
  v.object({
    type: v.literal('open'),
    request,
    id: v.pipe(v.string(), v.maxLength(1000)),
    range: v.nullable(v.object({ start: offset, end: offset })),
    toSide: v.boolean(),
    preserveFocus: v.boolean(),
  }),
  v.object({
    type: v.literal('judge'),
    request,
    id: v.pipe(v.string(), v.maxLength(1000)),
    verdict: v.nullable(v.picklist(['relevant', 'notRelevant'])),
  }),
  v.object({ type: v.literal('why'), query: v.pipe(v.string(), v.maxLength(LONGEST_QUERY * 2)) }),
  v.object({
    type: v.literal('command'),
    command: v.picklist([
      'pause',
      'resume',
      'rebuild',
      'ledger',
      'settings',
      'showLog',
      'openTab',
      'chooseModel',
      'restart',
      'openFolder',
    ]),
  }),
]);

/** Null unless the message is well formed. */
export function parseFromPanel(message: unknown): FromPanel | null {
  const result = v.safeParse(schema, message);
  return result.success ? result.output : null;
}
