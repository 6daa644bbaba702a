import assert from 'node:assert/strict';
import { textOfPiece } from '../../src/model/byteLevel.ts';
import { likeRust } from '../../src/model/tokenizerFile.ts';

describe('names of dimensions', () => {
  it('reads byte-level pieces as text', () => {
    assert.equal(textOfPiece('íļĮìĿĺ'), '회의');
    assert.equal(textOfPiece('Ġhello'), ' hello');
    assert.equal(textOfPiece('íļ'), '�', 'two bytes of three');
    assert.equal(textOfPiece('[MASK]'), '[MASK]');
  });
});

describe('tokenizer.json', () => {
  const split = (type: string, text: string, more: object = {}): readonly string[] => {
    const { pre_tokenizer } = likeRust({ pre_tokenizer: { type, ...more } });
    const { pattern } = pre_tokenizer as unknown as { pattern: { Regex: string } };
    return text.match(new RegExp(pattern.Regex, 'gu')) ?? [];
  };

  it('Whitespace takes letters, marks, digits and joiners of every script for words', () => {
    assert.deepEqual(split('Whitespace', 'kube가 나_1, 다!'), ['kube가', '나_1', ',', '다', '!']);
    assert.deepEqual(split('Whitespace', '👨‍👩'), ['👨', '‍', '👩']);
    assert.deepEqual(split('Whitespace', 'café ①'), ['café', '①']);
  });

  it('WhitespaceSplit keeps a byte order mark inside its word', () => {
    assert.deepEqual(split('WhitespaceSplit', '각\ufeff漢 나\u0085다'), ['각\ufeff漢', '나', '다']);
  });

  it('Digits takes every number sign', () => {
    assert.deepEqual(split('Digits', 'v12½a'), ['v', '12½', 'a']);
    assert.deepEqual(split('Digits', 'v12', { individual_digits: true }), ['v', '1', '2']);
  });

  it('Punctuation takes every sign for itself', () => {
    assert.deepEqual(split('Punctuation', 'a?`나'), ['a', '?', '`', '나']);
  });

  it('Strip and Nmt are replacements that leave alone what Rust leaves alone', () => {
    const normalizers = (type: string): [RegExp, string][] => {
      const { normalizer } = likeRust({ normalizer: { type } });
      const steps = (
        normalizer as unknown as { normalizers: { pattern: { Regex: string }; content: string }[] }
      ).normalizers;
      return steps.map(({ pattern, content }) => [new RegExp(pattern.Regex, 'gu'), content]);
    };
    const apply = (type: string, text: string): string =>
      normalizers(type).reduce((result, [pattern, content]) => result.replaceAll(pattern, content), text);
    assert.equal(apply('Strip', ' \ufeff가 나\t'), '\ufeff가 나');
    assert.equal(apply('Nmt', '가\u0007나\t다\ufeff라'), '가나 다 라');
  });

  it('changes steps inside a sequence, and nothing else', () => {
    const sequence = { type: 'Sequence', pretokenizers: [{ type: 'Digits' }, { type: 'ByteLevel', x: 1 }] };
    const { pre_tokenizer } = likeRust({ pre_tokenizer: sequence });
    const steps = pre_tokenizer.pretokenizers;
    assert.deepEqual(
      steps.map(step => step.type),
      ['Split', 'ByteLevel'],
    );
    assert.deepEqual(steps[1], { type: 'ByteLevel', x: 1 });
    const none = { pre_tokenizer: null, other: 1 };
    assert.deepEqual(likeRust(none), none);
  });
});
