/** Describes the engine's state in words. Pure. */
import type { EngineActivity, EngineStatus } from '../../domain/engineStatus.ts';
import type { ConnectionState } from '../../rpc/engineClient.ts';
import { durationText } from './durationText.ts';
import { stepText } from '../models/modelJobText.ts';
import { percent, stepShare } from '../models/modelProgress.ts';
import type { Translate } from '../translate.ts';

export interface StatusLook {
  readonly icon: string;
  readonly text: string;
  readonly severity: 'normal' | 'warning' | 'error';
}

/** A short look for the status bar. `number` writes a count in the user's way (1,204). */
export function statusLook(
  status: EngineStatus | null,
  connection: ConnectionState,
  t: Translate,
  number: (value: number) => string,
): StatusLook {
  if (connection.state === 'failed') {
    return look('error', t('Malmoi: engine stopped'), 'error');
  }
  if (status === null || connection.state !== 'ready') {
    return look('loading~spin', t('Malmoi is starting'));
  }
  const done = number(status.done);
  const total = number(status.total);
  const warns = status.problem !== null;
  const looks: Readonly<Record<EngineActivity, StatusLook>> = {
    starting: look('loading~spin', t('Malmoi is starting')),
    scanning: look('sync~spin', t('Malmoi is looking for documents')),
    indexing: look('sync~spin', t('Malmoi {0}', stagesText(status, t, number))),
    paused: look('debug-pause', t('Malmoi paused {0}/{1}', done, total), 'warning'),
    failed: look('error', t('Malmoi: indexing failed'), 'error'),
    idle: look(
      warns ? 'warning' : 'book',
      t('Malmoi {0} documents', number(status.documents)),
      warns ? 'warning' : 'normal',
    ),
  };
  const settled = status.activity === 'paused' || status.activity === 'failed';
  return (settled ? null : modelLook(status, t)) ?? looks[status.activity];
}

/** Progress of both stages: files found by the lexical channel, and those found by meaning too. */
export function stagesText(
  { done, read, total, model, resting }: EngineStatus,
  t: Translate,
  number: (value: number) => string,
): string {
  const [all, letters] = [number(total), number(read)];
  if (resting === 'battery')
    return t('letters {0}/{2}, meaning {1}/{2}, resting on battery', letters, number(done), all);
  if (model === null) return t('indexing {0}/{1}', number(done), all);
  return t('keywords {0}/{2}, meaning {1}/{2}', letters, number(done), all);
}

/** The look of a change of models, which is an indexing of its own, or of a job while nothing else runs. */
function modelLook(status: EngineStatus, t: Translate): StatusLook | null {
  const severity = status.problem === null ? 'normal' : 'warning';
  if (status.switching !== null)
    return look(
      'sync~spin',
      t('Malmoi is changing the model {0}%', percent(stepShare(status.switching))),
      severity,
    );
  if (status.job === null || status.activity !== 'idle') return null;
  const icon = status.job.step === 'download' ? 'cloud-download' : 'sync~spin';
  return look(icon, t('Malmoi model: {0}', stepText(status.job, t)), severity);
}

/** The look before the engine was asked for anything. */
export function restingLook(t: Translate): StatusLook {
  return look('book', t('Malmoi'));
}

function look(icon: string, text: string, severity: StatusLook['severity'] = 'normal'): StatusLook {
  return { icon, text, severity };
}

/** One line for a title or a row: the engine's current work. */
export function activityText(status: EngineStatus, t: Translate, number: (value: number) => string): string {
  const done = number(status.done);
  const total = number(status.total);
  const texts: Readonly<Record<EngineActivity, string>> = {
    starting: t('Starting …'),
    scanning: t('Looking for documents …'),
    indexing: t('Indexing: {0} …', stagesText(status, t, number)),
    paused: t('Indexing is paused at {0}/{1}', done, total),
    failed: t('Indexing failed'),
    idle: t('Everything is indexed'),
  };
  return texts[status.activity];
}

/** Seconds left, rounded as a person would say it; null if unknown or about to end. */
export function timeLeftText(status: EngineStatus, t: Translate): string | null {
  return status.activity === 'indexing' ? durationText(status.secondsLeft, t) : null;
}
