/**
 * Drawings that draw one another (form XObjects). pdf.js follows one that draws itself until its stack ends, and again
 * each time that it is drawn; of drawings that draw the next many times, it reads the last millions of times. What
 * leads back, or to too much, is taken out of the drawing.
 */
import { nameOf, PdfObjects } from './objects.ts';
import { contentOf, setContent, type PdfStream } from './streams.ts';

/** Maximum number of drawings that one leads to. */
const MAX_DRAWN = 65_536;
/** Maximum depth of drawings in one another. */
const MAX_DEPTH = 100;
const DRAW = /\/([^\s/<>[\](){}%]+)\s+Do\b/gu;

/** Whether a stream is a drawing that draws others. */
export function drawsForms({ dictionary }: PdfStream, content: Buffer): boolean {
  return /\/Subtype\s*\/Form\b/u.test(dictionary) && content.includes('Do');
}

/** A drawing that draws others. */
interface Form {
  readonly stream: PdfStream;
  /** Names that it draws, each as often as it does. */
  readonly names: readonly string[];
  /** The names that must not be drawn. */
  readonly cut: Set<string>;
}

/** How many drawings a drawing leads to, with itself, and how deep. */
interface Reach {
  readonly drawn: number;
  readonly depth: number;
}

/** `drawing`: the drawings that draw others; `packed`: the streams that hold objects. */
export function disarmForms(file: Buffer, drawing: readonly PdfStream[], packed: readonly PdfStream[]): void {
  if (drawing.length === 0) return;
  const forms = drawing.map(stream => ({ stream, names: namesIn(stream), cut: new Set<string>() }));
  new FormGraph(forms, new PdfObjects(file, packed)).cut();
  for (const { stream, cut } of forms) if (cut.size > 0) setContent(stream, without(stream, cut));
}

function textOf(stream: PdfStream): string {
  return contentOf(stream)?.toString('latin1') ?? '';
}

function namesIn(stream: PdfStream): string[] {
  return Array.from(textOf(stream).matchAll(DRAW), ([, name]) => nameOf(name!));
}

/** The content with blanks where a name is drawn that must not be. */
function without(stream: PdfStream, cut: ReadonlySet<string>): Buffer {
  const left = textOf(stream).replace(DRAW, (whole, name: string) =>
    cut.has(nameOf(name)) ? ' '.repeat(whole.length) : whole,
  );
  return Buffer.from(left, 'latin1');
}

/** Which drawing leads to which. */
class FormGraph {
  readonly #targets: ReadonlyMap<Form, ReadonlyMap<string, readonly Form[]>>;
  readonly #reach = new Map<Form, Reach>();
  readonly #open = new Set<Form>();

  constructor(forms: readonly Form[], objects: PdfObjects) {
    const byNumber = new Map<number, Form[]>();
    for (const form of forms)
      for (const number of objects.numbersOf(form.stream))
        byNumber.set(number, [...(byNumber.get(number) ?? []), form]);
    const targetsOf = ({ stream, names }: Form): ReadonlyMap<string, readonly Form[]> => {
      const resources = objects.resourcesOf(stream);
      const formsOf = (name: string): Form[] =>
        (resources.get(name) ?? []).flatMap(number => byNumber.get(number) ?? []);
      return new Map([...new Set(names)].map(name => [name, [...new Set(formsOf(name))]]));
    };
    this.#targets = new Map(forms.map(form => [form, targetsOf(form)]));
  }

  /** Begins with drawings that no other draws, so that a circle is cut where it closes. */
  cut(): void {
    const forms = [...this.#targets.keys()];
    const inner = new Set([...this.#targets.values()].flatMap(targets => [...targets.values()].flat()));
    for (const form of forms) if (!inner.has(form)) this.#reachOf(form);
    for (const form of forms) this.#reachOf(form);
  }

  #reachOf(form: Form): Reach {
    const known = this.#reach.get(form);
    if (known !== undefined) return known;
    this.#open.add(form);
    let reach = { drawn: 1, depth: 1 };
    const targets = this.#targets.get(form)!;
    for (const name of form.names) {
      if (form.cut.has(name)) continue;
      for (const target of targets.get(name)!) {
        const next = this.#with(reach, target);
        if (next === null) form.cut.add(name);
        else reach = next;
      }
    }
    this.#open.delete(form);
    this.#reach.set(form, reach);
    return reach;
  }

  /** Null where a drawing must not draw the target as well. */
  #with({ drawn, depth }: Reach, target: Form): Reach | null {
    if (this.#open.has(target) || this.#open.size >= MAX_DEPTH) return null;
    const below = this.#reachOf(target);
    const all = { drawn: drawn + below.drawn, depth: Math.max(depth, below.depth + 1) };
    return all.drawn > MAX_DRAWN || all.depth > MAX_DEPTH ? null : all;
  }
}
