import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Location } from '../../src/domain/location.ts';
import { readOrigin, writeOrigin } from '../../src/index/origin.ts';
import { DamagedError } from '../../src/index/segment/sections.ts';

const count = fc.nat({ max: 2 ** 31 - 1 });
const location: fc.Arbitrary<Location> = fc.oneof(
  fc.constant<Location>({ kind: 'line' }),
  count.map((page): Location => ({ kind: 'page', page })),
  count.map((slide): Location => ({ kind: 'slide', slide })),
  fc.tuple(count, count).map(([section, paragraph]): Location => ({ kind: 'section', section, paragraph })),
  fc.tuple(fc.nat(9_999), fc.nat(59), fc.nat(59)).map(([hours, ...rest]): Location => ({
    kind: 'time',
    time: [hours, ...rest.map(part => String(part).padStart(2, '0'))].join(':'),
  })),
  fc
    .tuple(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[A-Z]{1,3}[1-9]\d{0,6}$/))
    .map(([sheet, cell]): Location => ({ kind: 'cell', sheet, cell })),
);

describe('origins', () => {
  it('are read as they were written', () =>
    fc.assert(
      fc.property(fc.constantFrom('markdown' as const, 'none' as const), location, (markup, own) => {
        assert.deepEqual(readOrigin(writeOrigin({ markup, location: own })), { markup, location: own });
      }),
    ));

  for (const text of ['', 'x', 'mq', 'p1', 'mp', 'mpx', 'nh1', 'ncB2', 'nt1:2'])
    it(`are damaged as ${JSON.stringify(text)}`, () => assert.throws(() => readOrigin(text), DamagedError));
});
