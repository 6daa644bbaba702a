/** The search that a language model of the window may call: the same answer as the server's `search`. */
import * as vscode from 'vscode';
import { withParticles } from '../../wording/particles.ts';
import type { Engine } from '../../domain/engine.ts';
import { withinLimit } from '../../domain/queryLimits.ts';
import { hitsAnswer } from '../../mcp/answers/searchAnswer.ts';
import type { Indexing } from '../../mcp/answers/answer.ts';
import { languageOf, sayIn } from '../../wording/language.ts';
import { OpenFolders } from '../../mcp/openFolders.ts';
import { LocalisedError, type ErrorReporter } from '../errors.ts';
import { labelText } from '../results/hitText.ts';
import { withinBudget } from './budget.ts';
import { inputOf, type SearchInput } from './searchInput.ts';
import type { LanguageModelTool, PreparedInvocation, ToolInvocation, Tools } from './newerApi.ts';

export interface SearchToolPorts {
  readonly engine: Pick<Engine, 'search' | 'status'>;
  /** Resolves to the window's folders, opened. */
  readonly folders: () => Promise<readonly string[]>;
  readonly errors: ErrorReporter;
  readonly result: Tools['result'];
}

export class SearchTool implements LanguageModelTool<SearchInput> {
  readonly #ports: SearchToolPorts;

  constructor(ports: SearchToolPorts) {
    this.#ports = ports;
  }

  prepareInvocation({ input }: { readonly input: SearchInput }): PreparedInvocation {
    const query = labelText(inputOf(input).query);
    return {
      invocationMessage: vscode.l10n.t('Searching your documents: {0}', query),
      confirmationMessages: {
        title: vscode.l10n.t('Let the language model search your documents?'),
        message: withParticles(
          vscode.l10n.t(
            'Malmoi searches the documents of this workspace for “{0}”. The passages that it finds go to the language model.',
            query,
          ),
        ),
      },
    };
  }

  async invoke(
    { input, tokenizationOptions }: ToolInvocation<SearchInput>,
    token: vscode.CancellationToken,
  ): Promise<unknown> {
    const stop = new AbortController();
    const cancelling = token.onCancellationRequested(() => stop.abort());
    if (token.isCancellationRequested) stop.abort();
    try {
      const render = await this.#search(input, stop.signal);
      const text = await withinBudget(render, tokenizationOptions, token);
      return this.#ports.result(text);
    } catch (error) {
      if (stop.signal.aborted) throw new vscode.CancellationError();
      // The model gets the message that the user would get.
      throw new Error(this.#ports.errors.message('tool', error), { cause: error });
    } finally {
      cancelling.dispose();
    }
  }

  /** Resolves to a function that writes the answer within an estimated number of tokens. */
  async #search(input: SearchInput, signal: AbortSignal): Promise<(tokens: number) => string> {
    const { query, filter, limit } = inputOf(input);
    if (query === '') throw new LocalisedError(vscode.l10n.t('The query is empty.'));
    const { engine } = this.#ports;
    const paths = await this.#ports.folders();
    const asked = { query: withinLimit(query), folders: paths, filter, limit, channel: 'hybrid' } as const;
    const result = await engine.search(asked, { signal });
    const indexing = await this.#indexing(signal);
    const context = { labelOf: new OpenFolders(paths).labelOf, say: sayIn(languageOf(vscode.env.language)) };
    const ranked = { ...result, wordsOf: () => result.words };
    return tokens => {
      const page = { query, withWeak: false, limit, tokens, offset: 0, question: null };
      return hitsAnswer(page, ranked, indexing, context).text;
    };
  }

  async #indexing(signal: AbortSignal): Promise<Indexing | null> {
    const { activity, read, done, total, secondsLeft } = await this.#ports.engine.status({ signal });
    return activity === 'idle' || activity === 'paused' || activity === 'failed'
      ? null
      : { read, done, total, secondsLeft };
  }
}
