import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { datedChangelog, releasedManifest } from '../../.ci/packages/release.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const CHANGELOG = '# 바뀐 점\n\n## 다음 판 / Next\n\n- 새 것.\n\n## 0.1.0 (2026-11-23)\n\n- 첫 판.\n';

describe('a release', () => {
  it('dates the changelog’s top section and leaves the others', () => {
    const dated = datedChangelog(CHANGELOG, '1.0.0', '2026-12-01');
    assert.equal(dated, CHANGELOG.replace('다음 판 / Next', '1.0.0 (2026-12-01)'));
  });

  it('is refused where the changelog has nothing new', () => {
    assert.throws(() => datedChangelog(CHANGELOG.replace('- 새 것.\n', ''), '1.0.0', '2026-12-01'), /new/);
    assert.throws(() => datedChangelog('# 바뀐 점\n', '1.0.0', '2026-12-01'), /no section/);
  });

  it('raises the version, and is no preview from 1.0.0 on', () => {
    const manifest = '{\n  "version": "0.1.0",\n  "preview": true,\n  "main": "x"\n}\n';
    assert.equal(releasedManifest(manifest, '1.0.0'), '{\n  "version": "1.0.0",\n  "main": "x"\n}\n');
    assert.match(releasedManifest(manifest, '0.2.0'), /"0\.2\.0",\n {2}"preview": true/);
    for (const version of ['0.1.0', '0.0.9', '1.0', '1.0.0-beta', ''])
      assert.throws(() => releasedManifest(manifest, version), /not later/, version);
  });

  it('can be made of the repository as it is', () => {
    const manifest = fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8');
    const released = JSON.parse(releasedManifest(manifest, '99.0.0')) as Readonly<Record<string, unknown>>;
    assert.deepEqual([released['version'], released['preview']], ['99.0.0', undefined]);
    const changelog = fs.readFileSync(path.join(ROOT, 'CHANGELOG.md'), 'utf8');
    const [title] = /^## .*$/m.exec(changelog) ?? [];
    assert.match(title ?? '', /^## (?:다음 판 \/ Next|\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\))$/);
  });

  for (const [tool, variable] of [
    ['vsce', 'VSCE_PAT'],
    ['ovsx', 'OVSX_PAT'],
  ] as const)
    it(`is not sent by ${tool} without a token`, () => {
      const { [variable]: _token, ...environment } = process.env;
      const script = path.join(ROOT, '.ci/publish.ts');
      const { status, stderr } = spawnSync(process.execPath, [script, tool], {
        env: environment,
        encoding: 'utf8',
      });
      assert.equal(status, 2);
      assert.match(stderr, new RegExp(variable));
    });
});
