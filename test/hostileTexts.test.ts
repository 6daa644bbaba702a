/** Nine kinds of hostile text in every place where a person sees words of a note, a name, a model or a query. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Explanation } from '../src/domain/explanation.ts';
import type { Hit } from '../src/domain/hit.ts';
import { linesOf } from '../src/commandLine/hitSaid.ts';
import { linesOfQuery } from '../src/commandLine/querySaid.ts';
import { hoverLines } from '../src/editor/documents/hoverText.ts';
import { labelText, leadingWord, noticeText, titleOf, trailOf } from '../src/editor/results/hitText.ts';
import { placeOf } from '../src/editor/results/locationText.ts';
import { snippetOf } from '../src/editor/results/snippet.ts';
import { quoted, quotedLine, quotedName } from '../src/mcp/answers/quotation.ts';
import { visibleJson, visibleLines } from '../src/text/visible.ts';
import { sayIn } from '../src/wording/language.ts';
import { whyReasons } from '../src/wording/whyReasons.ts';
import { contribution, hit, result } from './editor/hits.ts';

const KINDS: Readonly<Record<string, string>> = {
  'icons of the editor': '$(flame~spin) $(alert)',
  Markdown: '[눌러 보세요](https://example.com) ![](https://example.com/x.png) `코드`',
  HTML: '<img src=x onerror=alert(1)><script>alert(1)</script>',
  'links to commands': '[확인](command:workbench.action.quit?%5B%5D)',
  'marks of direction': '영수증\u202efdp.exe\u2066\u2069\u200f',
  'sequences for terminals': '\u001b[2J\u001b]8;;https://example.com\u0007눌러\u001b]52;c;eA==\u0007',
  'C1 controls': '\u009b31m\u009d0;제목\u009c\u0085',
  'breaks of lines': '한 줄\r\n다음 줄\u2028또\u2029끝\v\f',
  'what is not seen': '가\u200b나\u00ad다\u{e0061}\u{e007f}\ufeff라\u0000마\u007f',
};

const STEERS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;
const STEERS_A_TERMINAL = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

const t = (message: string, ...values: readonly unknown[]): string =>
  message.replace(/\{(\d+)\}/g, (_, index: string) => String(values[Number(index)]));

/** A hit all of whose words are hostile. */
function hostileHit(text: string): Hit {
  return hit({
    file: `${text}/${text}.md`,
    headings: [text, text],
    text,
    location: { kind: 'cell', sheet: text, cell: 'B2' },
    contributions: [
      contribution({ token: text, ranges: [{ start: 0, end: text.length }] }),
      contribution({ token: text, channel: 'semantic', kind: 'queryExpansion' }),
    ],
  });
}

function explanationOf(text: string): Explanation {
  return {
    entry: { folder: '/n', path: text, state: 'failed', reason: 'damaged', detail: text, passages: 0 },
    exclusion: { by: 'rule', file: text, line: 3, rule: text },
    isReadable: true,
    waitingBefore: null,
    isFiltered: true,
    hiddenBy: [],
    best: hostileHit(text),
    rank: 1,
    bestScore: 2,
    threshold: 1,
    lacking: [{ text, range: { start: 0, end: text.length } }],
  };
}

/** What the window shows as a label, a description or a line of a hover: the editor draws icons in the first. */
const LABELS: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'title of a hit': text => [labelText(titleOf(hostileHit(text)))],
  'trail of a hit': text => [labelText(trailOf(hostileHit(text)))],
  'leading word': text => [
    labelText(leadingWord(hostileHit(text), [{ text, range: { start: 0, end: 1 } }])?.word ?? ''),
  ],
  'place of a hit': text => [labelText(placeOf(hostileHit(text), text, t))],
  snippet: text => [labelText(snippetOf(hostileHit(text), 200).text)],
  hover: text =>
    hoverLines(
      hostileHit(text).contributions,
      hostileHit(text),
      [{ text, range: { start: 0, end: 1 } }],
      t,
    ).flatMap(({ word, token }) => [word, token ?? '']),
};

/** What VS Code makes a link of in a notification; a click on one to a command runs it. */
const LINKS = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+\)/i;

const SENTENCES: Readonly<Record<string, (text: string) => readonly string[]>> = {
  'why not': text => whyReasons(explanationOf(text), sayIn('ko')),
  'name for an agent': text => [quotedName(text)],
  'line for an agent': text => [quotedLine(text)],
};

/** What goes to a terminal, as the console writes it. */
const TERMINAL: Readonly<Record<string, (text: string) => readonly string[]>> = {
  hit: text => [visibleLines(linesOf(hostileHit(text), true))],
  query: text =>
    linesOfQuery(text, { ...result('final', []), unconditional: { query: text, hits: [], total: 1 } }).map(
      visibleLines,
    ),
  JSON: text => [visibleJson(hostileHit(text))],
  'passage for an agent': text => [quoted(text)],
};

describe('hostile text', () => {
  for (const [kind, text] of Object.entries(KINDS)) {
    for (const [place, of] of Object.entries(LABELS))
      it(`of the kind “${kind}” does nothing in a label: ${place}`, () => {
        const shown = of(text);
        assert.ok(shown.length > 0);
        for (const line of shown) {
          assert.doesNotMatch(line, STEERS);
          assert.doesNotMatch(line, /\$\(/);
        }
      });
    for (const [place, of] of Object.entries(SENTENCES))
      it(`of the kind “${kind}” does nothing in a sentence: ${place}`, () => {
        const shown = of(text);
        assert.ok(shown.length > 0);
        for (const line of shown) assert.doesNotMatch(line, STEERS);
      });
    it(`of the kind “${kind}” does nothing in a notification, and stays readable`, () => {
      const said = `문서를 읽지 못했습니다: ${text}.md. 다시 해 보세요.`;
      const shown = noticeText(said);
      assert.doesNotMatch(shown, STEERS);
      assert.doesNotMatch(shown, LINKS);
      assert.match(shown, /^문서를 읽지 못했습니다: .+\.md\. 다시 해 보세요\.$/u);
    });
    for (const [place, of] of Object.entries(TERMINAL))
      it(`of the kind “${kind}” does nothing to a terminal: ${place}`, () => {
        const shown = of(text);
        assert.ok(shown.length > 0);
        for (const line of shown) assert.doesNotMatch(line, STEERS_A_TERMINAL);
      });
  }

  it('reaches a notification only by way of the one place that takes links out', () => {
    const source = path.join(import.meta.dirname, '..', 'src');
    const showing = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .filter(name =>
        /\.show(?:Information|Warning|Error)Message\(/.test(readFileSync(path.join(source, name), 'utf8')),
      )
      .map(name => name.replaceAll(path.sep, '/'));
    // Of modal dialogs the text is plain.
    assert.deepEqual(showing.sort(), [
      'editor/models/offer.ts',
      'editor/notices.ts',
      'editor/registerCommands.ts',
    ]);
    for (const name of ['editor/models/offer.ts', 'editor/registerCommands.ts']) {
      const text = readFileSync(path.join(source, name), 'utf8');
      assert.equal(text.match(/modal: true/g)?.length, 1, name);
    }
  });
});
