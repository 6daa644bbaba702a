/** A passage as text for other documents: a link to it, or a quotation with its source. Pure. */
import type { Hit } from '../../domain/hit.ts';
import { oneLine, titleOf } from '../results/hitText.ts';

/** `[연차 신청](휴가/연차.md#L12)`: relative to the workspace folder; `path` has its name in front where there are several. */
export function markdownLink(hit: Hit, path: string): string {
  const anchor = hit.location.kind === 'line' && hit.waiting !== true ? `#L${hit.line + 1}` : '';
  return `[${escaped(titleOf(hit))}](${address(path)}${anchor})`;
}

/** The passage as a Markdown quotation; `source` says where it stands. */
export function quotation(hit: Hit, path: string, source: string): string {
  const lines = hit.text.replace(/\s+$/u, '').split(/\r\n|\r|\n/u);
  const quoted = lines.map(line => (line === '' ? '>' : `> ${line}`));
  return [...quoted, '>', `> — ${markdownLink(hit, path)} (${escaped(source)})`, ''].join('\n');
}

/** Spaces, parentheses and controls end a Markdown address; Hangul stays readable. */
function address(path: string): string {
  return path
    .normalize('NFC')
    .replace(/[\s()<>[\]\\%#?\p{Cc}]/gu, sign => encodeURIComponent(sign).replace(/[()]/gu, percentOf));
}

function percentOf(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Text of a note must not end the link or begin other markup. */
function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>|]/gu, sign => `\\${sign}`);
}
