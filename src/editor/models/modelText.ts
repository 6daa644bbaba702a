/** Describes a model in words. Pure. */
import type { HubModel, ModelEntry } from '../../domain/models.ts';
import { isEncrypted, shownHost } from './hubAddress.ts';
import { labelText } from '../results/hitText.ts';
import type { Translate } from '../translate.ts';

/** Words and numbers in the user's language. */
export interface Wording {
  readonly t: Translate;
  /** Formats a number (1,204). */
  readonly number: (value: number) => string;
  /** The name of a language (`ko` -> 한국어). */
  readonly languageName: (code: string) => string;
}

/** More languages than this are counted, not named. */
const MOST_LANGUAGES = 3;

/** Uses decimal units, like disks and download pages. */
export function bytesText(bytes: number, { t, number }: Wording): string {
  if (bytes >= 1e9) return t('{0} GB', number(Math.round(bytes / 1e8) / 10));
  return t('{0} MB', number(bytes < 1e7 ? Math.ceil(bytes / 1e5) / 10 : Math.round(bytes / 1e6)));
}

export function languagesText(codes: readonly string[], { t, number, languageName }: Wording): string | null {
  if (codes.length === 0) return null;
  if (codes.length > MOST_LANGUAGES) return t('{0} languages', number(codes.length));
  return codes.map(languageName).join(', ');
}

/** The licence without the remarks that some manifests append in brackets. */
export function licenseText(license: string, { t }: Wording): string {
  const short = labelText(license)
    .replace(/\s*[(;].*$/, '')
    .trim();
  return short === '' || /^(?:unknown|\?)$/i.test(short) ? t('licence unknown') : short;
}

/** Recognises CC-BY-NC-SA-4.0 and the like: the files may be used, but not for business. */
export function isNonCommercial(license: string): boolean {
  return /(?:^|[\s_-])nc(?:$|[\s_-])|non-?commercial|research[\s_-]only/i.test(license);
}

/** The number of bits, by which people compare models (`u8` -> 8 bits); null for an unknown form. */
export function quantisationText(quantisation: string, { t }: Wording): string | null {
  if (/^(?:u8|s7|s4|w8|u?int8)/i.test(quantisation)) return t('8-bit');
  if (/^(?:fp32|float32)/i.test(quantisation)) return t('32-bit');
  return null;
}

/** Facts in a row: languages, size, form, licence. */
export function factsText(
  model: Omit<ModelEntry, 'quantisation'> & { quantisation?: string },
  wording: Wording,
): string {
  return [
    languagesText(model.languages, wording),
    bytesText(model.bytes, wording),
    model.quantisation === undefined ? null : quantisationText(model.quantisation, wording),
    licenseText(model.license, wording),
  ]
    .filter(each => each !== null)
    .join(' · ');
}

/** Room that the store requires besides the download and the output of the conversion. */
const ROOM = 64 << 20;

/** The details shown before a download: one fact a line, then warnings. */
export function downloadDetail(model: HubModel, wording: Wording): string {
  const { t } = wording;
  const facts = [
    t('Model: {0}', model.id),
    t('Size: {0}', bytesText(model.bytes, wording)),
    t('Licence: {0}', licenseText(model.license, wording)),
    t('From: {0}', shownHost(model.base)),
    t('Disk space needed while installing: about {0}', bytesText(model.bytes * 2 + ROOM, wording)),
  ];
  const paragraphs = [facts.join('\n')];
  if (isNonCommercial(model.license))
    paragraphs.push(
      t('This licence does not permit commercial use. Check whether you may use the model at work.'),
    );
  if (licenseText(model.license, wording) === t('licence unknown'))
    paragraphs.push(t('The model’s page names no licence. Check it before you use the model.'));
  if (!isEncrypted(model.base))
    paragraphs.push(t('The connection is not encrypted. Go on only if this is your own network’s mirror.'));
  paragraphs.push(t('The model is converted and checked on this machine. Your documents stay here.'));
  return paragraphs.join('\n\n');
}

/** The cost of choosing a model, shown before it is chosen. */
export function useDetail(documents: number, { t, number }: Wording): string {
  return t(
    'Documents to reindex in the background: {0}. Until that is done, searches use the current model, and its index is kept. The status bar shows the time left once the speed is known.',
    number(documents),
  );
}
