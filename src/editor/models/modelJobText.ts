/** The progress of a model that is being installed, or of a change of models, in words. Pure. */
import type { ModelJob, ModelJobStep, ModelTransition } from '../../domain/engineStatus.ts';
import { durationText } from '../status/durationText.ts';
import { lastPart } from './hubAddress.ts';
import { percent, stepShare } from './modelProgress.ts';
import type { Wording } from './modelText.ts';
import { bytesText } from './modelText.ts';
import type { Translate } from '../translate.ts';

/** One line: step, progress, speed and time left. */
export function jobText(job: ModelJob, wording: Wording): string {
  const { t, number } = wording;
  const line = [stepText(job, t)];
  if (job.total > 0 && (job.step === 'download' || job.step === 'unpack' || job.step === 'copy'))
    line.push(t('{0} of {1}', bytesText(job.done, wording), bytesText(job.total, wording)));
  if (job.bytesPerSecond !== null && job.bytesPerSecond > 0)
    line.push(t('{0} MB/s', number(Math.round(job.bytesPerSecond / 1e5) / 10)));
  const left = durationText(job.secondsLeft, t);
  if (left !== null) line.push(left);
  return line.join(' · ');
}

/** The step and its own percentage, the same in the notification, the status bar and the lists. */
export function stepText(job: ModelJob, t: Translate): string {
  const share = percent(stepShare(job));
  const texts: Readonly<Record<ModelJobStep, string>> = {
    download: t('Downloading {0}%', share),
    unpack: t('Unpacking {0}%', share),
    copy: t('Copying {0}%', share),
    fidelity: t('Measuring accuracy {0}%', share),
    weights: t('Converting {0}%', share),
    checksums: t('Checking {0}%', share),
  };
  return texts[job.step];
}

export function jobTitle({ name }: Pick<ModelJob, 'name'>, { t }: Wording): string {
  return t('Malmoi model {0}', lastPart(name));
}

/** A line for the status bar's tooltip and menus. */
export function switchText(change: ModelTransition, { t }: Wording): string {
  const share = percent(stepShare(change));
  const left = durationText(change.secondsLeft, t);
  return left === null
    ? t('Changing the model to {0}: {1}%', change.name, share)
    : t('Changing the model to {0}: {1}%, {2}', change.name, share, left);
}
