/** An answer that fits into what a model has room for, by the model's own count. Pure but for the editor's types. */
import type * as vscode from 'vscode';
import { TOKENS } from '../../mcp/answers/budget.ts';
import type { ToolInvocation } from './newerApi.ts';

/** So often an answer is made shorter: each time by what the estimate was wrong by. */
const TRIES = 5;
/** A little less than what would fit exactly. */
const MARGIN = 0.9;

export async function withinBudget(
  render: (tokens: number) => string,
  options: ToolInvocation<unknown>['tokenizationOptions'],
  token: vscode.CancellationToken,
): Promise<string> {
  if (options === undefined) return render(TOKENS.usual);
  const { tokenBudget } = options;
  let tokens = Math.min(TOKENS.usual, tokenBudget);
  let text = render(tokens);
  for (let tries = 0; tries < TRIES; tries++) {
    const count = await options.countTokens(text, token);
    if (count <= tokenBudget) return text;
    tokens = Math.floor(tokens * (tokenBudget / count) * MARGIN);
    text = render(tokens);
  }
  // What is said around the passages alone is more than there is room for.
  return (await options.countTokens(text, token)) <= tokenBudget ? text : '';
}
