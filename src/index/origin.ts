/**
 * How a passage is written and where it stands, as one short text: `m` or `n` (Markdown or none), then nothing for a
 * line, `p12` for a page, `s3` for a slide, `h2.14` for section and paragraph, `t0:12:34` for a time, `cB12 name`
 * for a sheet's cell.
 * Most passages of a segment have the same one, so a segment keeps each once.
 */
import { LINE, type Location, type Markup } from '../domain/location.ts';
import { DamagedError } from './segment/sections.ts';

export interface Origin {
  readonly markup: Markup;
  readonly location: Location;
}

export function writeOrigin({ markup, location }: Origin): string {
  return (markup === 'markdown' ? 'm' : 'n') + writeLocation(location);
}

function writeLocation(location: Location): string {
  switch (location.kind) {
    case 'page':
      return `p${location.page}`;
    case 'slide':
      return `s${location.slide}`;
    case 'section':
      return `h${location.section}.${location.paragraph}`;
    case 'cell':
      return `c${location.cell} ${location.sheet}`;
    case 'time':
      return `t${location.time}`;
    case 'line':
      break;
  }
  return '';
}

const LOCATION = /^(?:p(\d+)|s(\d+)|h(\d+)\.(\d+)|t(\d+:\d\d:\d\d)|c(\S*) ([^]*))$/u;

/** Throws `DamagedError`. */
export function readOrigin(text: string): Origin {
  const markup = text.startsWith('m') ? 'markdown' : 'none';
  if (text === 'm' || text === 'n') return { markup, location: LINE };
  const found = /^[mn]/u.test(text) ? LOCATION.exec(text.slice(1)) : null;
  if (found === null) throw new DamagedError('origin of a passage');
  const [, page, slide, section, paragraph, time, cell, sheet] = found;
  if (page !== undefined) return { markup, location: { kind: 'page', page: Number(page) } };
  if (slide !== undefined) return { markup, location: { kind: 'slide', slide: Number(slide) } };
  if (section !== undefined)
    return {
      markup,
      location: { kind: 'section', section: Number(section), paragraph: Number(paragraph) },
    };
  if (time !== undefined) return { markup, location: { kind: 'time', time } };
  return { markup, location: { kind: 'cell', sheet: sheet!, cell: cell! } };
}
