import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { pageOf } from '../../.ci/packages/page.ts';

const README = fs.readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
const SMALL = [
  '# 말모이',
  '![그림](media/a.png)',
  '![밖](https://example.com/b.png)',
  '[English](#malmoi)',
  '## 써 보기',
  '```\nnpm run try\n```',
  '## 처음',
  '[허가](LICENSE)와 [누리](https://example.com).',
  '## Try it',
  'Build.',
  '## What',
  'End.\n',
].join('\n\n');

describe('the page of the extension', () => {
  it('is for people who have it installed', () => {
    const page = pageOf(SMALL, true);
    assert.doesNotMatch(page, /npm run|써 보기|Try it|Build/);
    assert.match(page, /!\[그림\]\(media\/a\.png\)/);
    assert.match(page, /## 처음[^]*## What\n\nEnd\.\n$/);
  });

  it('has no picture and no link that leads nowhere, as long as the project has no address', () => {
    assert.equal(
      pageOf(SMALL, false),
      '# 말모이\n\n![밖](https://example.com/b.png)\n\n[English](#malmoi)\n\n## 처음\n\n허가와 [누리](https://example.com).\n\n## What\n\nEnd.\n',
    );
    assert.doesNotMatch(pageOf(README, false), /\]\((?!#|https?:)/);
  });

  it('says first what to do, and keeps the rest of the README', () => {
    const page = pageOf(README, true);
    assert.doesNotMatch(page, /npm run try/);
    assert.match(page.split(/^## /m)[1]!, /^처음 1분\n[^]*Ctrl\+Alt\+M/);
    assert.match(
      page.slice(page.indexOf('\n---\n')).split(/^## /m)[1]!,
      /^The first minute\n[^]*Ctrl\+Alt\+M/,
    );
    assert.ok(page.length > 0.9 * README.length);
  });

  it('is not made of a README that has changed without it', () => {
    assert.throws(() => pageOf('# 말모이\n\n## 처음\n', true), /써 보기/);
  });
});
