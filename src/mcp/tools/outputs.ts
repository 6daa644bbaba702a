/** The schemas of the answers, as clients see them. `answers/` makes the values; the compiler compares the two. */
import * as z from 'zod/v4';

const count = z.number().int().nonnegative();
const one = z.number().int().positive();

const place = z.object({
  kind: z.enum(['line', 'page', 'slide', 'cell', 'section', 'time']),
  line: one,
  endLine: one,
  page: one.optional(),
  slide: one.optional(),
  sheet: z.string().optional(),
  cell: z.string().optional(),
  section: one.optional(),
  paragraph: one.optional(),
  time: z.string().optional(),
});

const matchedWord = z.object({
  word: z.string(),
  kind: z.enum(['literal', 'name', 'rewritten', 'queryExpansion', 'documentExpansion', 'bothExpansion']),
  as: z.array(z.string()).readonly(),
  seen: z.array(z.string()).readonly(),
  share: z.number(),
});

const hit = z.object({
  id: z.string(),
  folder: z.string(),
  file: z.string(),
  place,
  headings: z.array(z.string()).readonly(),
  score: z.number(),
  isWeak: z.boolean(),
  isWaiting: z.boolean(),
  isPending: z.boolean(),
  words: z.array(matchedWord).readonly(),
  quote: z.string(),
  isCut: z.boolean(),
});

const indexing = z
  .object({ read: count, done: count, total: count, secondsLeft: z.number().nullable() })
  .nullable();
const state = z.enum(['indexed', 'skipped', 'failed', 'waiting']);
const cursor = z.string().nullable();
const boundary = z.string();

export const hitsOutput = z.object({
  hits: z.array(hit).readonly(),
  total: count,
  weakLeftOut: count,
  cursor,
  indexing,
  notices: z.array(z.string()).readonly(),
  boundary,
});

export const passagesOutput = z.object({
  folder: z.string(),
  file: z.string(),
  passages: z
    .array(
      z.object({
        id: z.string(),
        place,
        headings: z.array(z.string()).readonly(),
        quote: z.string(),
        isCut: z.boolean(),
        isWanted: z.boolean(),
      }),
    )
    .readonly(),
  previous: z.string().nullable(),
  next: z.string().nullable(),
  hasChanged: z.boolean(),
  boundary,
});

export const outlineOutput = z.object({
  folder: z.string(),
  file: z.string(),
  passages: count,
  entries: z
    .array(z.object({ level: one, heading: z.string(), place, id: z.string(), passages: count }))
    .readonly(),
  cursor,
  boundary,
});

export const explainOutput = z.object({
  folder: z.string(),
  file: z.string(),
  state: state.nullable(),
  stateReason: z.string().nullable(),
  exclusion: z.string().nullable(),
  waitingBefore: count.nullable(),
  hiddenBy: z.array(z.string()).readonly(),
  isFiltered: z.boolean(),
  best: hit.nullable(),
  rank: one.nullable(),
  bestScore: z.number(),
  threshold: z.number(),
  lacking: z.array(z.string()).readonly(),
  reasons: z.array(z.string()).readonly(),
  boundary,
});

export const statusOutput = z.object({
  activity: z.enum(['starting', 'scanning', 'indexing', 'idle', 'paused', 'failed']),
  done: count,
  total: count,
  read: count,
  resting: z.enum(['battery']).nullable(),
  secondsLeft: z.number().nullable(),
  documents: count,
  passages: count,
  failed: count,
  skipped: count,
  model: z.string().nullable(),
  problem: z.string().nullable(),
  folders: z.array(z.object({ label: z.string(), path: z.string(), indexed: count })).readonly(),
  troubles: z
    .array(z.object({ folder: z.string(), file: z.string(), state, reason: z.string().nullable() }))
    .readonly(),
  troublesLeft: count,
  boundary,
});
