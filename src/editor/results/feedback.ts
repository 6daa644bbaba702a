/** "이 결과가 맞음 / 아님": kept by the engine in its store, for measuring on one's own notes; nothing is sent. */
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
      verdict === 'right'
        ? vscode.l10n.t('Marked as a right result. It stays on this machine.')
        : verdict === 'wrong'
          ? vscode.l10n.t('Marked as a wrong result. It stays on this machine.')
          : vscode.l10n.t('The mark was taken back.');
    vscode.window.setStatusBarMessage(said, SHOWN);
  }
}

/** Milliseconds. */
const SHOWN = 4_000;
