/** What a key asks for, apart from the page: a table that tests can read. */
export type Intent =
  | { readonly type: 'move'; readonly to: 'next' | 'previous' | 'first' | 'last' | 'pageDown' | 'pageUp' }
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
 * True while an input method owns the key: acting on it would act twice, or on half a syllable. Safari and
 * Chromium report the committing Enter as keyCode 229, some without `isComposing`.
 */
export function isComposing(key: Pick<Key, 'isComposing' | 'keyCode'>): boolean {
  return key.isComposing || key.keyCode === 229;
}

/** Undo and redo, of what was typed and what was steered alike: wherever the keyboard is. */
export function stepIntent(key: Key): Intent | null {
  if (isComposing(key) || key.altKey || !(key.ctrlKey || key.metaKey)) return null;
  // With another layout or Caps Lock the letter is a capital.
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

/** The intent of a key pressed on a hit, or with `inButton` on a button inside one. */
export function listIntent(key: Key, inButton: boolean): Intent | null {
  if (isComposing(key) || key.altKey) return null;
  // On many keyboards + needs Shift.
  if (key.key === '+' && !key.ctrlKey && !key.metaKey) return { type: 'judge', verdict: 'relevant' };
  if (key.shiftKey) return null;
  const modified = key.ctrlKey || key.metaKey;
  if (key.key === 'Enter' && !inButton) return { type: 'open', toSide: modified, preview: false };
  if (modified) return null;
  switch (key.key) {
    case 'ArrowDown':
      return { type: 'move', to: 'next' };
    case 'ArrowUp':
      return { type: 'move', to: 'previous' };
    case 'Home':
      return { type: 'move', to: 'first' };
    case 'End':
      return { type: 'move', to: 'last' };
    case 'PageDown':
      return { type: 'move', to: 'pageDown' };
    case 'PageUp':
      return { type: 'move', to: 'pageUp' };
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
