/** Decides whether something keeps Malmoi from answering as it should: views that would only be empty say so. Pure. */
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { ConnectionState } from '../../rpc/engineClient.ts';
import type { Translate } from '../translate.ts';

/** `engine`: it does not run; `indexing`: it can't read or write; `model`: there is none, so only letters are searched. */
export type Trouble = 'engine' | 'indexing' | 'model';

export function troubleOf(status: EngineStatus | null, { state }: ConnectionState): Trouble | null {
  if (state === 'failed') return 'engine';
  if (status === null || state !== 'ready') return null;
  if (status.activity === 'failed') return 'indexing';
  // Until the model is open there is none either, but nothing is wrong.
  return status.model === null && status.problem !== null ? 'model' : null;
}

/** One line above a list that is not empty. */
export function troubleText(trouble: Trouble, t: Translate): string {
  const texts: Readonly<Record<Trouble, string>> = {
    engine: t('The search engine has stopped.'),
    indexing: t('Indexing failed: this may be incomplete.'),
    model: t('There is no model: only letters are searched.'),
  };
  return texts[trouble];
}
