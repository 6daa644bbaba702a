import assert from 'node:assert/strict';
import fc from 'fast-check';
import { visible, visibleJson, visibleLines } from '../src/text/visible.ts';

describe('visible text', () => {
  it('shows what would steer a terminal', () => {
    assert.equal(visible('\u001b[2J가\u0007\u007f'), '␛[2J가␇␡');
    assert.equal(visible('\u009b2J\u202e나\u2066\u2028\u200f'), '�2J�나���');
    assert.equal(visible('a\nb\tc\r'), 'a␊b␉c␍');
    assert.equal(visibleLines('a\nb\tc\r\u001b'), 'a\nb\tc␍␛');
  });

  it('leaves all other text alone: joiners, emoji, any script', () => {
    for (const text of ['한국어 文字', '👩‍💻', 'é\u0301', 'a\u00a0b', '']) assert.equal(visible(text), text);
  });

  it('keeps every place (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        assert.equal(visible(text).length, text.length);
        assert.doesNotMatch(visible(text), /[\p{Cc}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('writes JSON that says the same and steers nothing (property)', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\u001b]0;x\u0007', '\u009b', '\u2028', '\u202e'),
    );
    fc.assert(
      fc.property(fc.dictionary(text, text), value => {
        const written = visibleJson(value);
        assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(value)));
        assert.doesNotMatch(written, /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u);
      }),
    );
  });
});
