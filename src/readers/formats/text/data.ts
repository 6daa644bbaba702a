/** Data that people also read (JSON, YAML, TOML, XML): the text as it stands, in parts between blank lines. */
import type { BlockedText } from '../../../text/blocks.ts';
import { linesOf, Trail } from './trail.ts';

/** Data often have no blank lines, so a block longer than a passage is cut between lines. */
export function blocksOfData(text: string): BlockedText {
  const trail = new Trail();
  for (const { text: line, start, end } of linesOf(text))
    if (line.trim() === '') trail.close();
    else trail.line('code', start, end);
  return trail.finish();
}
