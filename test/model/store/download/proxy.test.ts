import assert from 'node:assert/strict';
import { proxyFor } from '../../../../src/model/store/download/proxy.ts';

const HUB = new URL('https://hub.example.com/x');

describe('proxyFor', () => {
  it('prefers the setting to the environment, and lower case to upper', () => {
    const environment = { https_proxy: 'http://low', HTTPS_PROXY: 'http://up', HTTP_PROXY: 'plain:3128' };
    assert.equal(proxyFor(HUB, { proxy: 'http://setting', environment }), 'http://setting');
    assert.equal(proxyFor(HUB, { proxy: ' ', environment }), 'http://low');
    assert.equal(proxyFor(new URL('http://a'), { environment }), 'http://plain:3128');
    assert.equal(proxyFor(HUB, { environment: { ALL_PROXY: 'http://all' } }), 'http://all');
    assert.equal(proxyFor(HUB, { environment: {} }), null);
  });

  const cases: readonly (readonly [exception: string, url: string, direct: boolean])[] = [
    ['*', 'https://a.b', true],
    ['example.com', 'https://hub.example.com', true],
    ['.example.com', 'https://hub.example.com', true],
    ['*.example.com', 'https://hub.example.com', true],
    ['example.com', 'https://badexample.com', false],
    ['EXAMPLE.com', 'https://Example.COM', true],
    ['example.com:8443', 'https://example.com', false],
    ['example.com:443', 'https://example.com', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://11.1.2.3', false],
    ['10.0.0.0/8', 'http://hub.example.com', false],
    ['fd00::/8', 'http://[fd00::1]', true],
    ['::1', 'http://[::1]:80', true],
    ['127.0.0.1', 'http://127.0.0.1:9', true],
    ['0.1', 'http://127.0.0.1', false],
    ['10.0.0.0/99', 'http://10.0.0.1', false],
    ['a, example.com', 'https://example.com', true],
    ['', 'https://example.com', false],
  ];
  for (const [exception, url, direct] of cases)
    it(`${direct ? 'leaves out' : 'uses'} the proxy for ${url} where NO_PROXY is "${exception}"`, () => {
      const environment = { HTTPS_PROXY: 'http://p', HTTP_PROXY: 'http://p', NO_PROXY: exception };
      assert.equal(proxyFor(new URL(url), { environment }), direct ? null : 'http://p');
      const settings = { proxy: 'http://p', noProxy: exception.split(','), environment: {} };
      assert.equal(proxyFor(new URL(url), settings), direct ? null : 'http://p');
    });
});
