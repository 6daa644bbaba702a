/** The arguments of the tools, with their descriptions for agents. */
import * as z from 'zod/v4';
import { TOKENS } from '../answers/budget.ts';
import type { Say } from '../../wording/language.ts';

const MOST_HITS_AT_ONCE = 50;
const LONGEST_NAME = 4_096;
const MOST_PATTERNS = 20;

export type Inputs = ReturnType<typeof inputsIn>;

/** The inputs of all tools in one language. */
export function inputsIn(say: Say) {
  const name = z.string().min(1).max(LONGEST_NAME);
  const shared = sharedIn(say);
  return {
    search: {
      query: z
        .string()
        .max(20_000)
        .describe(
          say(
            '찾을 말. 한국어 문장이나 낱말. "정확한 구", -제외, +필수, path:폴더, ext:md, heading:제목, after:2026-01-01도 쓸 수 있음',
            'What to look for: words or a sentence, Korean or English. Also "exact phrase", -without, +required, path:folder, ext:md, heading:title, after:2026-01-01',
          ),
        ),
      filters: shared.filters,
      limit: shared.limit,
      includeWeak: z
        .boolean()
        .default(false)
        .describe(say('질의를 조금만 담은 문단도', 'Also passages that have little of the query')),
      tokenBudget: shared.tokenBudget,
      cursor: shared.cursor,
    },
    readPassage: {
      id: name.optional().describe(say('search가 준 문단의 id', 'Id of a passage, from search')),
      file: shared.file,
      folder: shared.folder,
      line: z.number().int().positive().optional(),
      page: z.number().int().positive().optional(),
      slide: z.number().int().positive().optional(),
      sheet: name.optional(),
      section: z.number().int().positive().optional(),
      neighbours: z
        .number()
        .int()
        .min(0)
        .max(20)
        .default(1)
        .describe(say('앞뒤로 함께 읽을 문단 수', 'Passages to read before and after it')),
      tokenBudget: shared.tokenBudget,
    },
    outline: {
      file: name.describe(say('문서의 경로', 'Path of the document')),
      folder: shared.folder,
      tokenBudget: shared.tokenBudget,
      cursor: shared.cursor,
    },
    related: {
      id: name.optional().describe(say('문단의 id: 그 문단과 비슷한 것', 'Id of a passage: what is like it')),
      file: name
        .optional()
        .describe(say('문서의 경로: 그 문서와 비슷한 것', 'Path of a document: what is like it')),
      folder: shared.folder,
      limit: shared.limit,
      tokenBudget: shared.tokenBudget,
      cursor: shared.cursor,
    },
    explain: {
      query: z.string().min(1).max(20_000),
      id: name.optional(),
      file: shared.file,
      folder: shared.folder,
      filters: shared.filters,
    },
  };
}

function sharedIn(say: Say) {
  const name = z.string().min(1).max(LONGEST_NAME);
  const patterns = z.array(z.string().min(1).max(LONGEST_NAME)).max(MOST_PATTERNS);
  return {
    file: name
      .optional()
      .describe(
        say(
          '문서의 경로(search의 file, 또는 폴더/경로)',
          'Path of the document (file of search, or folder/path)',
        ),
      ),
    folder: name.optional().describe(say('열린 폴더의 이름', 'Label of an open folder')),
    limit: z.number().int().min(1).max(MOST_HITS_AT_ONCE).default(10),
    tokenBudget: z
      .number()
      .int()
      .min(TOKENS.least)
      .max(TOKENS.most)
      .default(TOKENS.usual)
      .describe(say('답에 쓸 토큰 수(어림)', 'Tokens that the answer may take (estimated)')),
    cursor: z
      .string()
      .max(200)
      .optional()
      .describe(say('앞선 답의 cursor: 다음 쪽', 'cursor of the answer before: next page')),
    filters: z
      .object({
        folder: name.optional().describe(say('열린 폴더의 이름', 'Label of an open folder')),
        path: patterns
          .optional()
          .describe(say('폴더, 파일 이름의 일부, 또는 글롭', 'Folders, parts of file names, or globs')),
        ext: patterns.optional().describe(say('확장자: ["md","hwp"]', 'Extensions: ["md","hwp"]')),
        after: z
          .string()
          .max(40)
          .optional()
          .describe(say('이 날부터 수정된 것(YYYY-MM-DD)', 'Modified on this day or later (YYYY-MM-DD)')),
        before: z
          .string()
          .max(40)
          .optional()
          .describe(say('이 날 전에 수정된 것(YYYY-MM-DD)', 'Modified before this day (YYYY-MM-DD)')),
      })
      .optional(),
  };
}
