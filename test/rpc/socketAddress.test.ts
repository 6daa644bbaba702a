import assert from 'node:assert/strict';
import { POSIX, WINDOWS } from '../../src/platform/platform.ts';
import { keyPath, socketAddress, type SocketUser } from '../../src/rpc/socketAddress.ts';

const user: SocketUser = {
  name: '김 하나',
  uid: 501,
  runtimeFolder: '/run/user/501',
  dataFolder: String.raw`C:\Users\Hana\AppData\Local\malmoi\Data`,
};
const STORE = String.raw`C:\Users\Hana\AppData\Local\malmoi\Cache`;
const pipeOf = (store: string, of: SocketUser = user): string => socketAddress(store, of, WINDOWS);

describe('the address of an engine', () => {
  it('on Windows is a pipe of the user and the store', () => {
    assert.match(pipeOf(STORE), /^\\\\\.\\pipe\\malmoi-김 하나-[0-9a-f]{16}$/);
    assert.notEqual(pipeOf(STORE), pipeOf(String.raw`C:\other`));
    assert.notEqual(pipeOf(STORE), pipeOf(STORE, { ...user, name: '이 둘' }));
  });

  it('on Windows is one for all spellings of a store, since two engines must not write it', () => {
    for (const spelled of [
      String.raw`c:\Users\Hana\AppData\Local\malmoi\Cache`,
      String.raw`C:\USERS\hana\AppData\Local\malmoi\cache`,
      'C:/Users/Hana/AppData/Local/malmoi/Cache',
      String.raw`C:\Users\Hana\AppData\Local\malmoi\other\..\Cache` + '\\',
    ])
      assert.equal(pipeOf(spelled), pipeOf(STORE), spelled);
  });

  it('on Windows is a name that the system takes: 256 characters, and no backslash of a domain', () => {
    const name = pipeOf(STORE, { ...user, name: String.raw`DOMAIN\hana` + '가'.repeat(300) });
    assert.ok(name.length <= 256);
    assert.match(name, /^\\\\\.\\pipe\\[^\\]+$/);
  });

  it('elsewhere is a socket in the store, as long as its path fits', () => {
    assert.equal(socketAddress('/cache/malmoi', user, POSIX), '/cache/malmoi/engine.sock');
  });

  it('elsewhere is in the folder of the user where the path of the store is too long for a socket', () => {
    const deep = `/home/${'깊은/'.repeat(40)}`;
    const address = socketAddress(deep, user, POSIX);
    assert.match(address, /^\/run\/user\/501\/malmoi-501\/[0-9a-f]{16}\.sock$/);
    assert.ok(Buffer.byteLength(address) <= 104);
    assert.equal(socketAddress(`${deep}.`, user, POSIX), address);
    // Two folders whose names differ in case are two on most of these systems.
    assert.notEqual(socketAddress(`${deep}A`, user, POSIX), socketAddress(`${deep}a`, user, POSIX));
  });

  it('goes with a key in the store, whose folder is private, and on Windows in the profile of the user', () => {
    assert.equal(keyPath('/cache/malmoi', user, POSIX), '/cache/malmoi/engine.key');
    const shared = keyPath(String.raw`D:\shared`, user, WINDOWS);
    assert.match(shared, /^C:\\Users\\Hana\\AppData\\Local\\malmoi\\Data\\engine-[0-9a-f]{16}\.key$/);
    assert.equal(keyPath('d:/Shared/', user, WINDOWS), shared);
    assert.notEqual(keyPath(String.raw`D:\other`, user, WINDOWS), shared);
  });
});
