/** Data that is written for people too (JSON, YAML, TOML, XML): as it stands, in parts between blank lines. */
import type { BlockedText } from '../../../text/blocks.ts';
import { linesOf, Trail } from './trail.ts';

/** Data has no blank lines, often: a block is cut at lines where it is longer than a passage. */
export function blocksOfData(text: string): BlockedText {
  const trail = new Trail();
  for (const { text: line, start, end } of linesOf(text))
    if (line.trim() === '') trail.close();
    else trail.line('code', start, end);
  return trail.finish();
}
