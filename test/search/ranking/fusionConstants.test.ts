import assert from 'node:assert/strict';
import fc from 'fast-check';
import { constantsOf, evidenceOf, SCALE, type Maxima } from '../../../src/search/ranking/fusionConstants.ts';

const SETTINGS = { channel: 'hybrid', share: 0.5, reference: 50 } as const;
const positive = fc.double({ min: 0.01, max: 100, noNaN: true });
const maxima: fc.Arbitrary<Maxima> = fc.record({
  semantic: fc.oneof(fc.constant(0), positive),
  lexical: fc.oneof(fc.constant(0), positive),
  semanticLimit: positive,
  lexicalLimit: positive,
  known: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('constantsOf', () => {
  it('gives a passage that has all of the query in both channels the whole scale', () => {
    const all = { semantic: 60, lexical: 20, semanticLimit: 60, lexicalLimit: 40, known: 1 };
    const { semantic, lexical } = constantsOf(all, SETTINGS);
    assert.ok(Math.abs(semantic * 60 + lexical * 20 - SCALE) < 1e-9);
  });

  it('never gives more than the scale, and nothing to a channel that found nothing', () =>
    fc.assert(
      fc.property(maxima, found => {
        const { semantic, lexical } = constantsOf(found, SETTINGS);
        assert.ok(semantic * found.semantic + lexical * found.lexical <= SCALE + 1e-9);
        assert.ok(found.semantic > 0 || semantic === 0);
        assert.ok(found.lexical > 0 || lexical === 0);
      }),
    ));

  it('lets a rare string outweigh a vague likeness', () => {
    // `R-1180`: the file with the code has 11.9 of 17.8 by its letters; the model knows a seventh of the query.
    const found = { semantic: 3.8, lexical: 11.9, semanticLimit: 14.1, lexicalLimit: 17.8, known: 0.15 };
    const { semantic, lexical } = constantsOf(found, SETTINGS);
    assert.ok(lexical * 11.9 > semantic * 3.8 + lexical * 3.2);
  });

  it('lets the spelling of a name that the model does not know count, below the name itself', () => {
    // `OpenClaw란`: the best passage by meaning is told from others of the same letters.
    const found = { semantic: 20, lexical: 8, semanticLimit: 25, lexicalLimit: 10, known: 0 };
    const { semantic, lexical } = constantsOf(found, SETTINGS);
    assert.ok(semantic * 20 + lexical * 7 > lexical * 8);
    assert.ok(lexical * 8 > 1.9 * semantic * 20);
  });

  it('says less of a query that was hardly found than of one that was', () => {
    const weak = { semantic: 7, lexical: 0, semanticLimit: 35, lexicalLimit: 9, known: 0 };
    const strong = { semantic: 30, lexical: 8, semanticLimit: 35, lexicalLimit: 9, known: 1 };
    assert.ok(evidenceOf(weak, SETTINGS) < 0.05);
    assert.equal(evidenceOf(strong, SETTINGS), 1);
  });
});
