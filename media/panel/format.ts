import { withParticles } from '../../src/wording/particles.ts';

const PARTICLE = String.raw`[’”"'」』)]*(?:을\(를\)|이\(가\)|은\(는\)|와\(과\)|\(으\)로)`;
const PLACE = new RegExp(String.raw`\{(\d+)\}(${PARTICLE})?`, 'g');

/**
 * Puts values into the `{0}`, `{1}`… places of a sentence, once, as they are; a particle after one takes the form that
 * follows it.
 */
export function fill(sentence: string, ...values: readonly string[]): string {
  return sentence.replace(PLACE, (place, index: string, particle: string = '') => {
    const value = values[Number(index)];
    if (value === undefined) return place;
    const last = value.slice(-1);
    return value + withParticles(last + particle).slice(last.length);
  });
}

/** Numbers in the user's language, with formatters made once. */
export class Numbers {
  readonly #language: string;
  readonly #count: Intl.NumberFormat;
  readonly #weights: readonly [Intl.NumberFormat, Intl.NumberFormat];
  readonly #fixed = new Map<number, Intl.NumberFormat>();

  constructor(language: string) {
    this.#language = supported(language);
    this.#count = new Intl.NumberFormat(this.#language, { maximumFractionDigits: 0 });
    const weight = (maximumFractionDigits: number): Intl.NumberFormat =>
      new Intl.NumberFormat(this.#language, { maximumFractionDigits });
    this.#weights = [weight(1), weight(2)];
  }

  /** 1204 -> "1,204". */
  readonly count = (value: number): string => this.#count.format(Math.max(0, value));

  /** 9.4213 with two decimals -> "9.42"; always as many decimals, so that columns line up. */
  fixed(value: number, decimals: number): string {
    let format = this.#fixed.get(decimals);
    if (format === undefined) {
      format = new Intl.NumberFormat(this.#language, {
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        // A last addend of -0.000001 must not read "-0.00".
        signDisplay: 'negative',
      });
      this.#fixed.set(decimals, format);
    }
    return format.format(value);
  }

  /** A weight: one decimal at most, two below 1. */
  readonly short = (value: number): string => this.#weights[Math.abs(value) < 1 ? 1 : 0].format(value);

  /** A day in the user's language and time zone. */
  readonly day = (time: number): string => new Date(time).toLocaleDateString(this.#language);

  /** Milliseconds: whole ones, at least 1, since "0 ms" reads like a fault. */
  milliseconds(value: number): string {
    return this.#count.format(Math.max(1, Math.round(value)));
  }
}

function supported(language: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
