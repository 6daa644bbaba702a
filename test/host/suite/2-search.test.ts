import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { commands, hoverCommands } from '../../../src/editor/commands.ts';
import type { PickItem } from '../../../src/editor/searchBox/quickPickItems.ts';
import type { Verdict } from '../../../src/domain/feedback.ts';
import { idle, malmoi, until } from './malmoi.ts';

/** Types a query into the search box and waits for the final rows. */
async function search(query: string): Promise<readonly (PickItem & { readonly is: 'hit' })[]> {
  await vscode.commands.executeCommand(commands.search, query);
  const window = await malmoi();
  return until(`rows for “${query}”`, () => {
    const rows = window.pick?.rows.filter(row => row.is === 'hit') ?? [];
    return rows[0]?.searched.query === query && rows[0].searched.result.stage === 'final' && rows;
  });
}

const fileOf = (row: PickItem | undefined): string =>
  row?.is === 'hit' ? row.hit.file.normalize('NFC') : '';

async function accept(): Promise<vscode.TextEditor> {
  const before = vscode.window.activeTextEditor;
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  return until('the passage to open', () => {
    const editor = vscode.window.activeTextEditor;
    return editor !== before && editor;
  });
}

describe('search box', () => {
  before(idle);
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await vscode.commands.executeCommand(commands.clearResults);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const questions = [
    ['컨테이너가 자꾸 죽었다 살아나는 까닭', '장애/2026-02-쿠버네티스-장애.md'],
    ['휴가를 내려면 며칠 전에 알려야 하나', '규정/취업규칙-요약.md'],
    ['DB 커넥션이 부족해서 화면이 안 뜬다', '장애/데이터베이스-연결-고갈.md'],
    ['카드를 분실했을 때 할 일', '규정/경비-처리.md'],
    ['집을 빌릴 때 조심할 점', '생활/전세-계약.txt'],
    ['푹 자야 기억에 남는다', '생활/독서-노트.md'],
    ['비밀 열쇠를 깃에 올려 버렸다', '개발/처음-오신-분께.md'],
  ] as const;
  for (const [query, wanted] of questions) {
    it(`finds ${wanted} for “${query}”`, async () => {
      const rows = await search(query);
      assert.equal(fileOf(rows[0]), wanted, rows.map(fileOf).join(', '));
    });
  }

  it('finds words written with other spaces', async () => {
    const rows = await search('유급 휴가신청');
    assert.equal(fileOf(rows[0]), '규정/취업규칙-요약.md');
  });

  it('shows a title, a place, and the text around the words', async () => {
    const [row] = await search('연차 유급휴가의 신청');
    assert.match(row?.label ?? '', /연차 유급휴가의 신청/);
    assert.match(row?.description ?? '', /취업규칙-요약\.md:\d+/);
    assert.match(row?.detail ?? '', /연차|휴가/);
  });

  it('opens the passage with the cursor on its word and the words tinted', async () => {
    await search('연차 유급휴가의 신청');
    const editor = await accept();
    assert.match(editor.document.uri.fsPath.normalize('NFC'), /취업규칙-요약\.md$/);
    const { tints, current } = await malmoi();
    const tinted = await until(
      'tints',
      () => tints.of(editor.document).length > 0 && tints.of(editor.document),
    );
    const text = editor.document.getText();
    assert.ok(tinted.some(tint => text.slice(tint.start, tint.end).includes('연차')));
    const offset = editor.document.offsetAt(editor.selection.active);
    assert.ok(tinted.some(tint => tint.start === offset));
    assert.equal(current.current?.file.normalize('NFC'), '규정/취업규칙-요약.md');
  });

  it('explains a tinted word in the hover, with no command but its own', async () => {
    await search('연차 유급휴가의 신청');
    const editor = await accept();
    const { tints } = await malmoi();
    await until('tints', () => tints.of(editor.document).length > 0);
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      editor.document.uri,
      editor.selection.active,
    );
    const content = hover?.contents[0] as vscode.MarkdownString;
    const text = content.value.replaceAll('&nbsp;', ' ');
    assert.match(text, /글자 그대로/);
    assert.match(text, /점수의 \d+%/);
    assert.match(text, /다음 낱말/);
    const used = [...content.value.matchAll(/\(command:([^)?]+)/g)].map(match => match[1]!);
    assert.ok(used.length > 0);
    for (const command of used) assert.ok((hoverCommands as readonly string[]).includes(command), command);
  });

  it('goes from tinted word to tinted word, around the end of the file', async () => {
    await search('연차 유급휴가의 신청');
    const editor = await accept();
    const { tints } = await malmoi();
    const count = await until('tints', () => tints.of(editor.document).length);
    const start = editor.selection.active;
    for (let step = 0; step < tints.of(editor.document).length; step++) {
      await vscode.commands.executeCommand(commands.nextWord);
    }
    assert.ok(count > 1);
    assert.ok(editor.selection.active.isEqual(start));
  });

  it('drops the tints of a passage that is edited, and all of them on demand', async () => {
    await search('연차 유급휴가의 신청');
    const editor = await accept();
    const { tints } = await malmoi();
    await until('tints', () => tints.of(editor.document).length > 0);
    const at = editor.selection.active;
    const before = new Set(tints.tintedHits(editor.document)).size;
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), '머리말 '));
    assert.equal(tints.tintedHits(editor.document).length, before, 'an edit elsewhere moves them along');
    const tint = tints.at(editor.document, at);
    assert.ok(tint !== undefined);
    await editor.edit(edit => edit.insert(editor.document.positionAt(tint.start + 1), '!'));
    assert.ok(tints.tintedHits(editor.document).length < before);
    await vscode.commands.executeCommand(commands.clearTints);
    assert.equal(tints.of(editor.document).length, 0);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  it('reads a CP949 document as Korean and tints it', async () => {
    await search('확정일자를 받는다');
    const editor = await accept();
    assert.match(editor.document.getText(), /전입신고를 하고 확정일자를 받는다/);
    const { tints } = await malmoi();
    await until('tints', () => tints.of(editor.document).length > 0);
  });

  it('opens a document with a decomposed name', async () => {
    await search('밑줄을 긋는 대신');
    const editor = await accept();
    assert.equal(path.basename(editor.document.uri.fsPath), '독서-노트.md'.normalize('NFD'));
  });

  it('finds by 초성, says for which word, and searches again without it', async () => {
    const rows = await search('ㅎㅇㄹ');
    assert.match(fileOf(rows[0]), /^회의록\//, rows.map(fileOf).join(', '));
    const window = await malmoi();
    const rewriting = (): (PickItem & { readonly is: 'action' }) | undefined =>
      window.pick?.rows.find(row => row.is === 'action' && /로도 찾음 \(ㅎㅇㄹ\)/.test(row.label)) as never;
    const row = rewriting();
    assert.match(row?.label ?? '', /'회의록'\(으\)로도 찾음/);
    assert.match(row?.description ?? '', /빼고 찾기/);
    assert.ok(row!.stays, 'the box stays open');
    row!.run();
    await until('an answer without it', () => !(rewriting()?.label ?? '').includes("'회의록'"));
  });

  it('shows a verdict again that was given before', async () => {
    const query = '연차 유급휴가의 신청';
    const { client } = await malmoi();
    const [first] = await search(query);
    const { folder, file, headings, text } = first!.hit;
    const judge = (verdict: Verdict): Promise<void> =>
      client.judge({ folder, file, headings, text, query, verdict });
    await judge('notRelevant');
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    const verdictOf = async (): Promise<unknown> => (await search(query))[0]?.hit.verdict ?? null;
    assert.equal(await verdictOf(), 'notRelevant');
    await judge(null);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.equal(await verdictOf(), null);
  });

  it('says what to do when nothing is found', async () => {
    const window = await malmoi();
    await vscode.workspace.getConfiguration('malmoi').update('channel', 'lexical', true);
    await vscode.commands.executeCommand(commands.search, 'qzxwvk');
    const rows = await until('the answer', () => {
      const all = window.pick?.rows ?? [];
      return all.length > 1 && all.every(row => row.is !== 'hit' && row.is !== 'query') && all;
    });
    await vscode.workspace.getConfiguration('malmoi').update('channel', undefined, true);
    assert.match(rows[0]?.label ?? '', /찾은 것이 없습니다/);
    assert.ok(rows.some(row => row.is === 'action' && /뜻과 글자로/.test(row.label)));
  });

  it('offers the queries that led somewhere', async () => {
    await search('연차 유급휴가의 신청');
    await accept();
    const window = await malmoi();
    await vscode.commands.executeCommand(commands.search);
    const rows = await until('recent queries', () => {
      const all = window.pick?.rows.filter(row => row.is === 'query') ?? [];
      return all.length > 0 && all;
    });
    assert.ok(rows.some(row => row.is === 'query' && row.query === '연차 유급휴가의 신청'));
  });

  it('puts the selected text into the box', async () => {
    await search('연차 유급휴가의 신청');
    const editor = await accept();
    const text = '부서장의 결재';
    const start = editor.document.getText().indexOf(text);
    editor.selection = new vscode.Selection(
      editor.document.positionAt(start),
      editor.document.positionAt(start + text.length),
    );
    await vscode.commands.executeCommand(commands.searchSelection);
    const window = await malmoi();
    await until('rows', () => window.pick?.rows.some(row => row.is === 'hit' && row.searched.query === text));
  });
});

describe('results tree', () => {
  before(async () => {
    await idle();
    await search('휴가와 경조사');
    await accept();
  });

  it('lists files with their passages and counts them in the badge', async () => {
    const { tree, current } = await malmoi();
    const files = tree.getChildren();
    const passages = files.flatMap(node => tree.getChildren(node));
    assert.ok(files.length > 0);
    assert.equal(passages.length, current.hits.length);
    assert.equal(tree.view.badge?.value, current.hits.length);
    assert.match(tree.view.badge?.tooltip ?? '', /찾은 문단 \d+개/);
  });

  it('shows note content as text only', async () => {
    const { tree } = await malmoi();
    for (const node of tree.getChildren().flatMap(file => tree.getChildren(file))) {
      const tooltip = tree.getTreeItem(node).tooltip as vscode.MarkdownString;
      assert.notEqual(tooltip.isTrusted, true);
      assert.notEqual(tooltip.supportHtml, true);
      assert.doesNotMatch(tooltip.value, /(?<!\\)<script/);
      assert.doesNotMatch(tooltip.value, /(?<!\\)\]\(command:/);
    }
  });

  it('walks the passages in its order, around the end', async () => {
    const { tree, current } = await malmoi();
    const order = tree.getChildren().flatMap(file => tree.getChildren(file)).length;
    const first = current.current;
    for (let step = 0; step < order; step++) await vscode.commands.executeCommand(commands.nextMatch);
    assert.equal(current.current, first);
    await vscode.commands.executeCommand(commands.previousMatch);
    await vscode.commands.executeCommand(commands.nextMatch);
    assert.equal(current.current, first);
  });

  it('empties on demand', async () => {
    const { tree } = await malmoi();
    await vscode.commands.executeCommand(commands.clearResults);
    assert.equal(tree.getChildren().length, 0);
    assert.equal(tree.view.badge, undefined);
  });
});

describe('panel', () => {
  it('comes up in the sidebar', async () => {
    const { panel } = await malmoi();
    await vscode.commands.executeCommand(commands.showInPanel);
    await until('the sidebar page', () => panel.viewReady);
  });

  it('comes up as an editor tab', async () => {
    const { panel } = await malmoi();
    await vscode.commands.executeCommand(commands.openPanel);
    await until('the tab', () => panel.tabReady);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('its end', () => !panel.tabReady);
  });

  it('publishes what it found to the tree', async () => {
    const { current } = await malmoi();
    await vscode.commands.executeCommand(commands.showInPanel, '김치찌개 끓이는 법');
    await until('results', () => current.searched?.query === '김치찌개 끓이는 법');
    assert.equal(current.hits[0]?.file.normalize('NFC'), '생활/김치찌개.txt');
  });
});
