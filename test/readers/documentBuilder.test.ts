import assert from 'node:assert/strict';
import { DocumentBuilder } from '../../src/readers/documentBuilder.ts';

describe('document builder', () => {
  it('has properties stand where the document begins', () => {
    const builder = new DocumentBuilder();
    builder.metadata('지은이', '홍길동');
    builder.at({ kind: 'page', page: 1 });
    builder.block('paragraph', '첫 쪽');
    builder.at({ kind: 'page', page: 2 });
    builder.block('paragraph', '둘째 쪽');
    const { text, places } = builder.finish();
    assert.deepEqual(places, [
      { start: 0, location: { kind: 'page', page: 1 } },
      { start: text.indexOf('둘째'), location: { kind: 'page', page: 2 } },
    ]);
  });
});
