/** Turns the stories of a Word document into headings, paragraphs and tables. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { TableText } from '../docx/tableText.ts';
import { withoutFields } from './fields.ts';
import { runAt, type ParagraphRun } from './paragraphs.ts';
import { textOfPiece, type Piece } from './pieces.ts';

interface Source {
  readonly stream: Buffer;
  readonly pieces: readonly Piece[];
  readonly runs: readonly ParagraphRun[];
  /** Number of characters of each story, in their order. */
  readonly stories: readonly number[];
  readonly codePage: number;
}

interface Paragraph {
  readonly text: string;
  /** The character that ends it. */
  readonly mark: string;
  readonly run: ParagraphRun | undefined;
}

const CELL = '\u0007';
const PAGE = '\u000c';
/** Characters in the text that anchor pictures, notes and drawings. */
// oxlint-disable-next-line no-control-regex -- they are what is taken out
const ANCHORS = /[\u0001-\u0008\u000e-\u0012\u0016-\u001d\u001f]/gu;

export class DocText {
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Adds the body with its headings, then notes, headers, comments and text boxes. */
  addTo(builder: DocumentBuilder): void {
    const [body = 0, ...others] = this.#source.stories;
    const rest = others.reduce((sum, length) => sum + length, 0);
    // Where the header gives no lengths of stories, all text is body.
    const end = body > 0 ? body : Number.MAX_SAFE_INTEGER;
    this.#addStory(builder, 0, end, true);
    if (body === 0 || rest === 0) return;
    builder.leave(1);
    builder.at({ kind: 'section', section: 1, paragraph: 1 });
    this.#addStory(builder, end, Number.MAX_SAFE_INTEGER, false);
  }

  #addStory(builder: DocumentBuilder, start: number, end: number, isBody: boolean): void {
    let table: TableText | null = null;
    let [section, number] = [1, 0];
    const closeTable = (): void => {
      if (table !== null) builder.block('table', table.finish());
      table = null;
    };
    for (const { text, mark, run } of this.#paragraphs(start, end)) {
      if (builder.full) return;
      const shown = withoutFields(text)
        .replaceAll('\u001e', '-')
        .replaceAll('\u000b', '\n')
        .replace(ANCHORS, '');
      if (mark === CELL) {
        if (table === null && isBody) builder.at({ kind: 'section', section, paragraph: ++number });
        table ??= new TableText();
        table.add(shown);
        // Without properties, an empty cell after a cell is the mark that ends a row.
        const endsRow = run === undefined ? text === '' : run.endsRow;
        table.close(endsRow ? 'tr' : 'tc');
        continue;
      }
      closeTable();
      if (isBody) builder.at({ kind: 'section', section, paragraph: ++number });
      const depth = isBody ? depthOf(run) : null;
      if (depth !== null && shown.trim() !== '') builder.heading(depth, shown);
      else builder.block('paragraph', shown);
      if (mark === PAGE && isBody) [section, number] = [section + 1, 0];
    }
    closeTable();
  }

  *#paragraphs(start: number, end: number): Generator<Paragraph> {
    const { stream, pieces, runs, codePage } = this.#source;
    let open = '';
    for (const piece of pieces) {
      if (piece.end <= start || piece.start >= end) continue;
      const text = textOfPiece(stream, piece, codePage);
      const from = Math.max(0, start - piece.start);
      const to = Math.min(text.length, end - piece.start);
      let begin = from;
      for (let i = from; i < to; i++) {
        const mark = text[i]!;
        if (mark !== '\r' && mark !== CELL && mark !== PAGE) continue;
        const run = runAt(runs, piece.offset + i * piece.width);
        yield { text: open + text.slice(begin, i), mark, run };
        open = '';
        begin = i + 1;
      }
      open += text.slice(begin, to);
    }
    if (open !== '') yield { text: open, mark: '\r', run: undefined };
  }
}

function depthOf(run: ParagraphRun | undefined): number | null {
  if (run === undefined) return null;
  if (run.outline !== null && run.outline < 9) return run.outline + 1;
  return run.style >= 1 && run.style <= 9 ? run.style : null;
}
