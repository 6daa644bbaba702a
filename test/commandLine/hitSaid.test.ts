import assert from 'node:assert/strict';
import { jsonOf, linesOf } from '../../src/commandLine/hitSaid.ts';
import { contribution, hit } from '../editor/hits.ts';

const READ = hit({
  file: '규정/휴가.md',
  line: 4,
  endLine: 6,
  headings: ['규정', '휴가'],
  text: '사흘\n전',
  score: 3,
});
const WAITING = hit({
  file: '회의록/휴가.md',
  score: 10,
  waiting: true,
  contributions: [contribution({ token: '휴가', kind: 'name', value: 10 })],
});

describe('a hit on the command line', () => {
  it('has its place, lines from 1, and a line of its text', () => {
    assert.equal(linesOf(READ, false), '3.00  규정/휴가.md:5  규정 › 휴가\n      사흘 전');
    const { line, endLine, heading } = jsonOf(READ, false) as Record<string, unknown>;
    assert.deepEqual([line, endLine, heading], [5, 7, '규정 > 휴가']);
    assert.ok(!('waiting' in jsonOf(READ, false)), 'told only of what waits');
  });

  it('says of a file that waits that it is not read yet, and why it is there', () => {
    assert.equal(linesOf(WAITING, false), '10.00  회의록/휴가.md\n      (아직 읽지 않음 / not read yet)');
    assert.match(linesOf(WAITING, true), / 10\.000 {2}휴가 {2}\(lexical, name\)$/);
    assert.equal((jsonOf(WAITING, false) as { waiting?: boolean }).waiting, true);
  });

  it('steers no terminal', () => {
    assert.ok(!linesOf({ ...WAITING, file: '\u001b[2J.md' }, true).includes('\u001b'));
  });
});
