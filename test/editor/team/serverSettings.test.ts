import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { secretKey, teamServers } from '../../../src/editor/team/serverSettings.ts';

const manifest = JSON.parse(
  fs.readFileSync(path.resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
) as {
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
};

describe('the setting malmoi.team.servers', () => {
  it('is the user’s alone: a workspace can’t name a server', () => {
    // VS Code reads settings of this scope from the user's or the remote machine's, never from a workspace's.
    assert.equal(manifest.contributes.configuration.properties['malmoi.team.servers']!.scope, 'machine');
  });

  it('is read for what is right in it, whatever else stands there', () => {
    const server = { name: '팀 1', url: 'https://search.example' };
    assert.deepEqual(teamServers([server, { name: 'x' }, null, 3, { ...server, url: 'https://other' }]), [
      server,
    ]);
    assert.deepEqual(teamServers({}), []);
    assert.deepEqual(teamServers([{ ...server, name: '../x' }]), []);
    assert.deepEqual(teamServers([{ ...server, timeout: 1 }]), []);
    assert.deepEqual(teamServers([{ ...server, password: 'geheim' }]), [server]);
  });

  it('keeps a login for one address: another one is told nothing of it', () => {
    const server = { name: 'a', url: 'https://search.example/x' };
    assert.equal(secretKey(server), secretKey({ ...server, url: 'https://search.example/y' }));
    assert.notEqual(secretKey(server), secretKey({ ...server, url: 'https://evil.example/x' }));
    assert.notEqual(secretKey(server), secretKey({ ...server, url: 'http://search.example/x' }));
    assert.notEqual(secretKey(server), secretKey({ ...server, name: 'b' }));
  });
});
