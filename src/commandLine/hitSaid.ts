/** A hit as the command line prints it. */
import type { Hit } from '../domain/hit.ts';
import { visible } from '../text/visible.ts';

/** The documented shape of JSON output: lines count from 1, as editors show them. */
export function jsonOf(hit: Hit, explain: boolean): object {
  const { file, score, text, headings, line, endLine, location, contributions, waiting, pending, origin } =
    hit;
  const heading = headings.join(' > ');
  const shown = explain ? contributions : contributions.slice(0, 5);
  const mark = { ...(waiting && { waiting }), ...(pending && { pending }), ...(origin && { origin }) };
  const place = location.kind === 'line' ? {} : { location };
  const lines = { line: line + 1, endLine: endLine + 1 };
  return { file, ...lines, ...place, heading, score, text, ...mark, contributions: shown };
}

/** `:12`, or where in a document that has pages, slides, cells, sections or times. */
function placeOf({ line, location }: Hit): string {
  switch (location.kind) {
    case 'page':
      return ` ${location.page}쪽/p.`;
    case 'slide':
      return ` 슬라이드/slide ${location.slide}`;
    case 'cell':
      return ` ${visible(location.sheet)}!${location.cell}`;
    case 'section':
      return ` §${location.section}.${location.paragraph}`;
    case 'time':
      return ` ${location.time}`;
    case 'line':
      break;
  }
  return `:${line + 1}`;
}

const LETTERS_ONLY = ' (글자로만 찾음 / by keyword only)';
const NOT_READ = '(아직 읽지 않음 / not read yet)';

export function linesOf(hit: Hit, explain: boolean): string {
  const score = hit.score.toFixed(2);
  const team = hit.origin === undefined ? '' : `[${visible(hit.origin.team)}/${visible(hit.origin.source)}] `;
  const head = hit.waiting
    ? `${score}  ${visible(hit.file)}`
    : `${score}  ${team}${visible(hit.file)}${placeOf(hit)}  ${visible(hit.headings.join(' › '))}${hit.pending ? LETTERS_ONLY : ''}`;
  const text = `      ${hit.waiting ? NOT_READ : hit.text.replace(/\s+/g, ' ').slice(0, 160)}`;
  if (!explain) return `${head}\n${text}`;
  const why = hit.contributions.map(
    ({ value, token, channel, kind }) =>
      `      ${value.toFixed(3).padStart(7)}  ${visible(token)}  (${channel}, ${kind})`,
  );
  return [head, text, ...why].join('\n');
}
