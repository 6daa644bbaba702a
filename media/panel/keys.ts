interface Move {
  readonly type: 'move';
  readonly to: 'next' | 'previous' | 'first' | 'last' | 'pageDown' | 'pageUp';
}

/** The meaning of a key, independent of the page: a table that tests can read. */
export type Intent =
  | Move
  | { readonly type: 'open'; readonly toSide: boolean; readonly preview: boolean }
  | { readonly type: 'judge'; readonly verdict: 'relevant' | 'notRelevant' }
  | {
      readonly type:
        | 'expand'
        | 'collapse'
        | 'enterList'
        | 'toBox'
        | 'clear'
        | 'olderQuery'
        | 'newerQuery'
        | 'undo'
        | 'redo';
    };

export interface Key {
  readonly key: string;
  readonly keyCode: number;
  readonly isComposing: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * True while an input method owns the key: acting on it would act twice, or on half a syllable. Safari and Chromium
 * report the committing Enter as keyCode 229, in some cases without `isComposing`.
 */
export function isComposing(key: Pick<Key, 'isComposing' | 'keyCode'>): boolean {
  return key.isComposing || key.keyCode === 229;
}

/** Undo and redo, for typing and steering alike, wherever the keyboard focus is. */
export function stepIntent(key: Key): Intent | null {
  if (isComposing(key) || key.altKey || !(key.ctrlKey || key.metaKey)) return null;
  // With another layout or Caps Lock, the letter is a capital.
  const letter = key.key.toLowerCase();
  if (letter === 'z') return { type: key.shiftKey ? 'redo' : 'undo' };
  return letter === 'y' && !key.shiftKey ? { type: 'redo' } : null;
}

/** The intent of a key pressed in the query box. */
export function boxIntent(key: Key): Intent | null {
  if (isComposing(key)) return null;
  if (key.altKey && key.key === 'ArrowUp') return { type: 'olderQuery' };
  if (key.altKey && key.key === 'ArrowDown') return { type: 'newerQuery' };
  if (key.altKey || key.shiftKey) return null;
  switch (key.key) {
    case 'Enter':
      return { type: 'open', toSide: key.ctrlKey || key.metaKey, preview: false };
    case 'ArrowDown':
      return { type: 'enterList' };
    case 'Escape':
      return { type: 'clear' };
    default:
      return null;
  }
}

const MOVES: Readonly<Record<string, Move['to']>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
};

/** The intent of a key pressed on a hit, or with `inButton` on a button inside one. */
export function listIntent(key: Key, inButton: boolean): Intent | null {
  if (isComposing(key) || key.altKey) return null;
  // On many keyboards + needs Shift.
  if (key.key === '+' && !key.ctrlKey && !key.metaKey) return { type: 'judge', verdict: 'relevant' };
  if (key.shiftKey) return null;
  const modified = key.ctrlKey || key.metaKey;
  if (key.key === 'Enter' && !inButton) return { type: 'open', toSide: modified, preview: false };
  if (modified) return null;
  const to = MOVES[key.key];
  if (to !== undefined) return { type: 'move', to };
  switch (key.key) {
    case ' ':
      return inButton ? null : { type: 'open', toSide: false, preview: true };
    case 'ArrowRight':
      return { type: 'expand' };
    case 'ArrowLeft':
      return { type: 'collapse' };
    case '=':
      return { type: 'judge', verdict: 'relevant' };
    case '-':
      return { type: 'judge', verdict: 'notRelevant' };
    case 'Escape':
      return { type: 'toBox' };
    default:
      return null;
  }
}
