/** Documents that are no texts: an agent is told page, slide, cell or section, and reads by them. Needs a build. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PassagesFields } from '../../src/mcp/answers/passagesAnswer.ts';
import { pptx, shape, xlsx } from '../readers/formats/building.ts';
import { pdf } from '../readers/formats/pdfFile.ts';
import { Agent, Notes } from './agents.ts';

const cell = (at: string, text: string): string => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`;
const sheet = (text: string): string => `<row r="2">${cell('B2', text)}</row>`;

describe('places in documents', function () {
  this.timeout(60_000);
  let notes: Notes;
  let agent: Agent;
  before(async () => {
    notes = await Notes.create({});
    const pages = ['first page about rivers', 'second page about mountains', 'third page about harbours'];
    const files = {
      'pages.pdf': pdf({ pages: pages.map(text => [{ text, x: 50, y: 700 }]) }),
      '발표.pptx': pptx([shape(['봄에 심는 나무']), shape(['가을에 거두는 열매'])]),
      '장부.xlsx': xlsx([
        ['예산', sheet('도서관 예산은 백만 원')],
        ['결산', sheet('도서관 결산은 구십만 원')],
      ]),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(notes.folder, name), bytes);
    agent = await Agent.start([notes.folder], notes.store);
    await agent.indexed();
  });
  after(async () => {
    await agent.close();
    await notes.remove();
  });

  const read = async (args: Record<string, unknown>): Promise<string> => {
    const { fields, text, isError } = await agent.call<PassagesFields>('read_passage', {
      neighbours: 0,
      ...args,
    });
    assert.equal(isError, false, text);
    return fields.passages[0]!.quote;
  };

  it('are told with hits, in words and in fields', async () => {
    const place = async (query: string): Promise<unknown> =>
      (await agent.search(query)).fields.hits[0]?.place.kind;
    assert.equal(await place('rivers'), 'page');
    assert.equal(await place('열매'), 'slide');
    assert.equal(await place('도서관 결산'), 'cell');
    assert.match((await agent.search('봄 나무')).text, /슬라이드 1/);
  });

  it('are what a passage is read by, also where none begins there', async () => {
    assert.match(await read({ file: 'pages.pdf', page: 1 }), /rivers/);
    assert.match(await read({ file: 'pages.pdf', page: 3 }), /harbours/);
    assert.match(await read({ file: '발표.pptx', slide: 2 }), /열매/);
    assert.match(await read({ file: '장부.xlsx', sheet: '결산' }), /결산/);
  });

  it('that a document does not have are told', async () => {
    for (const args of [
      { file: 'pages.pdf', page: 4 },
      { file: 'pages.pdf', slide: 1 },
      { file: '장부.xlsx', sheet: '없음' },
    ]) {
      const { isError, text } = await agent.call('read_passage', args);
      assert.equal(isError, true);
      assert.match(text, /outline/);
    }
  });
});
