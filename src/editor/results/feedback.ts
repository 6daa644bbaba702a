/** Relevance marks ("관련 있음 / 없음"): the engine keeps them on this machine, for evaluation on one's own notes. */
import * as vscode from 'vscode';
import type { Hit } from '../../domain/hit.ts';
import type { Verdict } from '../../domain/feedback.ts';
import { teamFolder } from '../../domain/team/team.ts';
import type { EngineClient } from '../../rpc/engineClient.ts';

export class Feedback {
  readonly #client: Pick<EngineClient, 'judge'>;

  constructor(client: Pick<EngineClient, 'judge'>) {
    this.#client = client;
  }

  /** `query` is the one that found the hit. Resolves when the verdict is stored. */
  async judge({ folder, file, headings, text, origin }: Hit, query: string, verdict: Verdict): Promise<void> {
    // A document of a team has its marks by its source, wherever it lies on this machine.
    const place = origin === undefined ? folder : teamFolder(origin.team, origin.source);
    await this.#client.judge({ folder: place, file, headings, text, query, verdict });
  }

  /** The same with a message, for lists that do not show the verdict. */
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

/** Milliseconds that the message is shown. */
const SHOWN = 4_000;
