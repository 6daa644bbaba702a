/**
 * The type of `vscode.l10n.t`, for parts that don't import `vscode`. The message is English and the key of
 * l10n/bundle.l10n.ko.json; `{0}`, `{1}` stand for the arguments. Sentences are never built from pieces.
 */
export type Translate = (message: string, ...args: readonly (string | number)[]) => string;
