import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../src/domain/ledger.ts';
import { coverageAsCsv, coverageAsJson } from '../../../src/editor/coverage/coverageExport.ts';
import {
  byDirectory,
  byState,
  EVERYTHING,
  filtered,
  reasonCounts,
} from '../../../src/editor/coverage/coverageGroups.ts';
import { csvOf } from '../../../src/editor/export/csv.ts';

const entry = (path: string, fields: Partial<LedgerEntry> = {}): LedgerEntry => ({
  folder: '/노트',
  path,
  state: 'indexed',
  reason: null,
  detail: null,
  passages: 3,
  ...fields,
});

describe('the coverage tree', () => {
  const scan = entry('문서/스캔.pdf', { state: 'failed', reason: 'needsOcr', passages: 0 });
  const locked = entry('급여.hwp', { state: 'skipped', reason: 'encrypted', passages: 0 });

  it('has what can be mended first, and no empty group', () => {
    const groups = byState([entry('a.md'), locked, scan, entry('b.md')]);
    assert.deepEqual(
      groups.map(({ state, entries }) => [state, entries.length]),
      [
        ['failed', 1],
        ['skipped', 1],
        ['indexed', 2],
      ],
    );
  });

  it('shows a few files without their folders, and many by folder, each file once', () => {
    assert.equal(byDirectory([scan, locked]), null);
    const many = Array.from({ length: 100 }, (_, i) => entry(i % 2 === 0 ? `b/${i}.md` : `${i}.md`));
    const groups = byDirectory(many)!;
    assert.deepEqual(
      groups.map(({ directory, entries }) => [directory, entries.length]),
      [
        ['', 50],
        ['b', 50],
      ],
    );
    assert.deepEqual(new Set(groups.flatMap(({ entries }) => entries)), new Set(many));
  });

  it('filters by state, by reason, and by a text in any Unicode form', () => {
    const all = [entry('a.md'), scan, locked];
    const said = ({ reason }: LedgerEntry): string => (reason === 'encrypted' ? '암호가 걸림' : '');
    const names = (filter: object): readonly string[] =>
      filtered(all, { ...EVERYTHING, ...filter }, said).map(({ path }) => path);
    assert.deepEqual(names({ state: 'failed' }), [scan.path]);
    assert.deepEqual(names({ reason: 'encrypted' }), [locked.path]);
    assert.deepEqual(names({ text: '스캔'.normalize('NFD') }), [scan.path]);
    assert.deepEqual(names({ text: '암호' }), [locked.path]);
    assert.deepEqual(names({ text: '없는 말' }), []);
  });

  it('counts reasons, most first', () => {
    const all = [scan, locked, entry('또.hwp', { state: 'skipped', reason: 'encrypted' }), entry('a.md')];
    assert.deepEqual(reasonCounts(all), [
      ['encrypted', 2],
      ['needsOcr', 1],
    ]);
  });
});

describe('the exported ledger', () => {
  const rows = [
    entry('a,"b".md', { modified: Date.UTC(2026, 0, 2) }),
    entry('=HYPERLINK("http://x","y").md', { state: 'failed', reason: 'damaged', detail: '+1\n2' }),
  ];
  const words = {
    header: ['폴더', '파일', '상태', '까닭', '문단', '수정', '자세히'],
    state: ({ state }: LedgerEntry) => state,
    reason: ({ reason }: LedgerEntry) => reason ?? '',
  };

  it('is data in JSON', () => {
    const [first, second] = JSON.parse(coverageAsJson(rows)) as readonly Record<string, unknown>[];
    assert.equal(first!['modified'], '2026-01-02T00:00:00.000Z');
    assert.equal(second!['modified'], null);
    assert.equal(second!['path'], rows[1]!.path);
  });

  it('is quoted in CSV, and no cell is a formula', () => {
    assert.equal(
      coverageAsCsv(rows, words),
      [
        '\uFEFF폴더,파일,상태,까닭,문단,수정,자세히',
        '/노트,"a,""b"".md",indexed,,3,2026-01-02T00:00:00.000Z,',
        '/노트,"\'=HYPERLINK(""http://x"",""y"").md",failed,damaged,3,,"\'+1\n2"',
        '',
      ].join('\r\n'),
    );
  });

  it('guards every beginning that a spreadsheet takes for a formula', () => {
    for (const text of ['=1', '+1', '-1', '@x', ' =1', '\t=1', '\u200B=1', '＝1'])
      assert.ok(csvOf([[text]]).includes(`'${text}`), JSON.stringify(text));
    assert.equal(csvOf([['a=1', -2]]), '\uFEFFa=1,-2\r\n');
  });
});
