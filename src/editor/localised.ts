/** The window's language, for the parts that don't import `vscode`. */
import * as vscode from 'vscode';
import { languageOf, sayIn, type Say } from '../wording/language.ts';
import { withParticles } from '../wording/particles.ts';
import type { Wording } from './models/modelText.ts';
import type { Translate } from './translate.ts';

export const translate: Translate = (message, ...args) => withParticles(vscode.l10n.t(message, ...args));

/** Says texts that are worded once for all surfaces (`wording/`) in the language of the window. */
export const sayHere: Say = (korean, english) => sayIn(languageOf(vscode.env.language))(korean, english);

export function formatNumber(value: number): string {
  return value.toLocaleString(vscode.env.language);
}

export const wording: Wording = { t: translate, number: formatNumber, languageName: formatLanguage };

/** The name of a language (`ko` -> 한국어); an unknown code stays as it is. */
function formatLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(vscode.env.language, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
