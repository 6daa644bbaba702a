/** Subtitles (SubRip, WebVTT): what is said; times, numbers and styles are in no passage. */
import type { Location } from '../../../domain/location.ts';
import type { BlockedText } from '../../../text/blocks.ts';
import type { Place } from '../../readers.ts';
import { linesOf, Trail } from './trail.ts';

const TIMES = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,]\d{3}\s*-->/u;
/** Cues of one scene: as much as a passage holds anyway, so that an answer is found beside its question. */
const PER_BLOCK = 12;

/** `.srt`, `.vtt`. A block is a run of cues, their times among them in the text but never at its ends. */
export function blocksOfSubtitles(text: string): BlockedText {
  const trail = new Trail();
  let cues = 0;
  let isSkipped = false;
  const lines = linesOf(text);
  lines.forEach(({ text: line, start, end }, i) => {
    if (line.trim() === '') {
      isSkipped = false;
      return;
    }
    const isNumber = /^\s*\d+\s*$/u.test(line) && TIMES.test(lines[i + 1]?.text ?? '');
    if (/^(?:WEBVTT|STYLE|REGION)\b/u.test(line)) isSkipped = true;
    if (TIMES.test(line)) {
      isSkipped = false;
      if (++cues % PER_BLOCK === 0) trail.close();
    } else if (!isNumber && !isSkipped) trail.line('list', start, end);
  });
  return trail.finish();
}

/** When each cue is said, from its line of times on. */
export function placesOfSubtitles(text: string): readonly Place[] {
  const places: Place[] = [];
  for (const { text: line, start } of linesOf(text)) {
    const times = TIMES.exec(line);
    if (times === null) continue;
    const [, hours = '0', minutes = '0', seconds = '0'] = times;
    const location = timeOf((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds));
    // What stands before the first cue belongs to it.
    places.push({ start: places.length === 0 ? 0 : start, location });
  }
  return places;
}

export function timeOf(seconds: number): Location {
  return {
    kind: 'time',
    time: `${Math.floor(seconds / 3600)}:${sixtieth(seconds / 60)}:${sixtieth(seconds)}`,
  };
}

function sixtieth(value: number): string {
  return String(Math.floor(value) % 60).padStart(2, '0');
}
