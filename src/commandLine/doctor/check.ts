/** One thing that `malmoi doctor` has looked at. */
export interface Check {
  /** A short name for programs. */
  readonly name: string;
  /** `warning`: Malmoi works, but something will be slow or may fail later. */
  readonly state: 'fine' | 'warning' | 'wrong';
  /** The finding, in Korean and English where it is a sentence. */
  readonly found: string;
  /** The remedy; null where none is needed. */
  readonly advice: string | null;
}

export function fine(name: string, found: string): Check {
  return { name, state: 'fine', found, advice: null };
}

export function warning(name: string, found: string, advice: string): Check {
  return { name, state: 'warning', found, advice };
}

export function wrong(name: string, found: string, advice: string): Check {
  return { name, state: 'wrong', found, advice };
}
