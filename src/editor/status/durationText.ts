import type { Translate } from '../translate.ts';

/** Seconds, rounded as a person would say it; null where unknown. */
export function durationText(seconds: number | null, t: Translate): string | null {
  if (seconds === null || !Number.isFinite(seconds)) return null;
  if (seconds < 60) return t('less than a minute left');
  if (seconds < 5400) return t('about {0} min left', Math.round(seconds / 60));
  return t('about {0} h left', Math.round(seconds / 3600));
}
