/** Relevance marks ("관련 있음 / 없음"): the engine keeps them on this machine, for evaluation on one's own notes. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import type { Verdict } from '../../domain/feedback.ts';
import { LocalisedError } from '../errors.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';

export class Feedback {
  readonly #client: Pick<EngineClient, 'judge'>;

  constructor(client: Pick<EngineClient, 'judge'>) {
    this.#client = client;
  }

  /** `query` is what found the hit. Resolves when it is kept. */
  async judge({ folder, file, headings, text, origin }: Hit, query: string, verdict: Verdict): Promise<void> {
    if (origin !== undefined)
      throw new LocalisedError(
        vscode.l10n.t('Marks are kept for documents of your own folders, not yet for those of a team.'),
      );
    await this.#client.judge({ folder, file, headings, text, query, verdict });
  }

  /** The same, and says so: for lists that show no sign of it. */
  async judgeAndSay(hit: Hit, query: string, verdict: Verdict): Promise<void> {
    await this.judge(hit, query, verdict);
    const said =
      verdict === 'relevant'
        ? vscode.l10n.t('Marked as relevant. The mark stays on this computer.')
        : verdict === 'notRelevant'
          ? vscode.l10n.t('Marked as not relevant. The mark stays on this computer.')
          : vscode.l10n.t('The mark was removed.');
    vscode.window.setStatusBarMessage(said, SHOWN);
  }
}

/** Time of eviction in milliseconds. */
const SHOWN = 4_000;
