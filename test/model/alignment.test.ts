import assert from 'node:assert/strict';
import { alignTokens } from '../../src/model/alignment.ts';

const nfkc = (text: string): string => text.normalize('NFKC');
const places = (source: string, tokens: readonly string[], normalize = nfkc): string[] =>
  [...alignTokens(source, tokens, normalize, false)].map(at => source.slice(at, at + 2).normalize('NFC'));

describe('alignTokens', () => {
  it('follows SentencePiece pieces', () => {
    assert.deepEqual(places('연차는 며칠', ['▁연', '차', '는', '▁', '며', '칠']), [
      '연차',
      '차는',
      '는 ',
      '며칠',
      '며칠',
      '칠',
    ]);
  });
  it('follows WordPiece pieces, lower-cased', () => {
    assert.deepEqual(
      places('Hello 세계', ['hel', '##lo', '세', '##계'], text => text.toLowerCase()),
      ['He', 'lo', '세계', '계'],
    );
  });
  it('follows byte-level pieces', () => {
    // "가 나" in UTF-8: EA B0 80, 20, EB 82 98; in GPT-2's alphabet ê°Ģ, Ġ, ëĤĺ.
    assert.deepEqual([...alignTokens('가 나', ['ê°', 'Ģ', 'ĠëĤĺ'], nfkc, true)], [0, 0, 2]);
  });
  it('goes through NFD', () => {
    const source = '회의'.normalize('NFD');
    assert.deepEqual([...alignTokens(source, ['▁회', '의'], nfkc, false)], [0, 2]);
  });
  it('finds its way again after an unknown piece', () => {
    assert.deepEqual(places('가 🙂 나', ['▁가', '<unk>', '▁나']), ['가 ', '🙂', '나']);
  });
});
