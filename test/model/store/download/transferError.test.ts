import assert from 'node:assert/strict';
import { opensHtml } from '../../../../src/model/store/download/htmlPage.ts';
import { retryAfter, shownUrl, statusError } from '../../../../src/model/store/download/transferError.ts';

describe('retryAfter', () => {
  it('reads seconds and dates', () => {
    const now = Date.UTC(2026, 0, 1);
    assert.equal(retryAfter('12', now), 12_000);
    assert.equal(retryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now), 60_000);
    assert.equal(retryAfter('Thu, 01 Jan 2025 00:01:00 GMT', now), 0);
    for (const value of ['soon', '', '-1', undefined]) assert.ok((retryAfter(value, now) ?? 0) === 0);
  });
});

describe('statusError', () => {
  it('tells what passes from what stays', () => {
    const again = (status: number): boolean => statusError({ status, headers: {} }, 'http://a').again;
    for (const status of [408, 429, 500, 502, 503, 504]) assert.ok(again(status), String(status));
    for (const status of [400, 401, 403, 404, 410, 501]) assert.ok(!again(status), String(status));
  });
});

describe('shownUrl', () => {
  it('leaves out what is secret', () => {
    assert.equal(shownUrl('https://me:secret@a.b/c?signature=secret#x'), 'https://a.b/c');
    assert.equal(shownUrl('nonsense'), '?');
  });
});

describe('opensHtml', () => {
  it('recognises pages, and waits while there is too little to tell', () => {
    const opens = (text: string): boolean | null => opensHtml(Buffer.from(text));
    for (const page of ['<!DOCTYPE html>', '\uFEFF\r\n <html lang="ko">', '<HTML><body>'])
      assert.equal(opens(page), true);
    for (const start of ['', ' ', '<', '<!doc', '<htm']) assert.equal(opens(start), null);
    for (const file of [
      '{"a": "<html>"}',
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><htmlish attribute="1"/>',
      '\u0008\0\0\0{',
    ])
      assert.equal(opens(file), false, file);
  });
});
