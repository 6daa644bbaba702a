/** Fits an answer into the token budget of a model, by the model's own count. Pure except for the editor's types. */
import type * as vscode from 'vscode';
import { TOKENS } from '../../mcp/answers/budget.ts';
import type { ToolInvocation } from './newerApi.ts';

/** Number of times an answer is shortened, each time by the factor that the estimate was wrong by. */
const TRIES = 5;
/** Aims a little below the exact budget. */
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
  // The text around the passages alone exceeds the budget.
  return (await options.countTokens(text, token)) <= tokenBudget ? text : '';
}
