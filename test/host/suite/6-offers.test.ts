/** The rows of the search box that offer what was not shown: conditions that may be meant, and what was left out. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../../src/editor/commands.ts';
import { actionOf, hitItem, type PickItem } from '../../../src/editor/searchBox/quickPickItems.ts';
import { leftOutRows, nothingRows, suggestionRows } from '../../../src/editor/searchBox/searchPickRows.ts';
import type { Searched } from '../../../src/editor/searchBox/searcher.ts';
import type { QuerySuggestion } from '../../../src/domain/query.ts';
import { hit, hits, result } from '../../editor/hits.ts';
import { idle, malmoi, until } from './malmoi.ts';

type Action = PickItem & { readonly is: 'action' };

function suggestion(query: string): QuerySuggestion {
  return { kind: 'phrase', negative: true, text: '글', range: { start: 0, end: 4 }, modified: null, query };
}

function searched(fields: Partial<Searched['result']>): Searched {
  return { query: '질의', channel: 'hybrid', result: { ...result('final', []), ...fields } };
}

const actions = (rows: readonly PickItem[]): readonly Action[] => rows.filter(row => row.is === 'action');

describe('rows of the search box', () => {
  const asked: string[] = [];
  beforeEach(() => asked.splice(0));
  const searchFor = (query: string): void => void asked.push(query);

  it('turn a condition on that may be meant, and keep the box open', () => {
    const suggestions = ['-"글"', 'ext:pdf', '$(gear) 셋째'].map(suggestion);
    const rows = actions(suggestionRows(searched({ suggestions }), searchFor));
    assert.equal(rows.length, 2, 'they must not hide the hits');
    assert.ok(rows.every(({ stays }) => stays));
    assert.match(rows[0]!.label, /^\$\(filter\) .*-"글"$/);
    rows[1]!.run();
    assert.deepEqual(asked, ['ext:pdf']);
  });

  it('draw no icon that a query asks for', () => {
    const [row] = suggestionRows(searched({ suggestions: [suggestion('$(gear) -"글"')] }), searchFor);
    assert.ok(!row!.label.includes('$(gear)'));
  });

  it('show what there is without the conditions, and what is further away', () => {
    const unconditional = { query: '낱말', hits: hits('a'), total: 1234 };
    let far = 0;
    const { result: found } = searched({ unconditional, further: hits('b', 'c') });
    const [without, further] = actions(leftOutRows(found, searchFor, () => far++)) as [Action, Action];
    assert.match(without.label, /1,234/);
    without.run();
    further.run();
    assert.match(further.label, /2/);
    assert.deepEqual([asked, far], [['낱말'], 1]);
    assert.deepEqual(
      leftOutRows(searched({}).result, searchFor, () => far++),
      [],
    );
  });

  it('offer both where nothing was found', () => {
    const ports = { switchTo: () => undefined, searchFor, showFar: () => undefined };
    const full = searched({ suggestions: [suggestion('ext:pdf')], further: hits('b') });
    const more =
      actions(nothingRows(full, null, ports)).length - actions(nothingRows(searched({}), null, ports)).length;
    assert.equal(more, 2);
  });

  it('say of a file that it is not read yet, which nobody can judge', () => {
    const file = hit({ id: 'waiting:규정/휴가.md', file: '규정/휴가.md', waiting: true });
    const row = hitItem(file, searched({ hits: [file] }));
    assert.equal(row.label, '휴가.md');
    assert.match(row.description!, /규정\/휴가\.md$/, 'no line');
    assert.notEqual(row.detail, '');
    assert.deepEqual(
      row.buttons!.map(button => actionOf(row, button)),
      ['openToSide'],
    );
    const read = hitItem(hit({ text: '글' }), searched({}));
    assert.deepEqual(
      read.buttons!.map(button => actionOf(read, button)),
      ['relevant', 'notRelevant', 'openToSide'],
    );
  });
});

describe('search box, with conditions', () => {
  before(idle);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand(commands.clearResults);
  });

  it('offers one, finds nothing with it, and shows what there is without', async () => {
    const window = await malmoi();
    const action = (label: RegExp): Promise<Action> =>
      until(String(label), () => actions(window.pick?.rows ?? []).find(row => label.test(row.label)));
    await vscode.commands.executeCommand(commands.search, 'PDF만 휴가');
    const offer = await action(/조건으로: ext:pdf 휴가/);
    assert.ok(
      window.pick!.rows.some(row => row.is === 'hit'),
      'it does not hold',
    );
    offer.run();
    const without = await action(/조건 없이 보기: \d+개/);
    assert.ok(!window.pick!.rows.some(row => row.is === 'hit'));
    without.run();
    await until('the answer without', () => window.pick!.rows.some(row => row.is === 'hit'));
  });
});
