/** The folder that a package is made of: what it carries, file by file, and nothing that has to be left out again. */
import fs from 'node:fs';
import path from 'node:path';
import { pageOf } from './page.ts';
import { PARTS, runtimeFiles } from './targets.ts';

/** A checkout's file modes depend on who made it: in a package all are those of plain files. */
const PLAIN = 0o644;

/** Lays out a target's package in `folder`; what stands there goes. */
export function stage(root: string, folder: string, target: string): void {
  fs.rmSync(folder, { recursive: true, force: true });
  for (const pattern of [...PARTS, ...runtimeFiles(target)]) {
    const files = filesOf(root, pattern);
    if (files.length === 0) throw new Error(`nothing is there for ${pattern}`);
    for (const file of files) {
      const place = path.join(folder, placeOf(file));
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.copyFileSync(path.join(root, file), place);
      fs.chmodSync(place, PLAIN);
    }
  }
  const manifest = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
  write(path.join(folder, 'package.json'), shippedManifest(manifest));
  const page = path.join(folder, 'README.md');
  write(page, pageOf(fs.readFileSync(page, 'utf8'), hasAddress(manifest)));
}

function write(file: string, text: string): void {
  fs.writeFileSync(file, text);
  fs.chmodSync(file, PLAIN);
}

/** True where the project can be reached by everybody, so that the page can point to its files. */
export function hasAddress(manifest: string): boolean {
  return 'repository' in (JSON.parse(manifest) as object);
}

/** Files that a pattern of `targets.ts` names, with `/` in their paths. */
export function filesOf(root: string, pattern: string): readonly string[] {
  const recursive = pattern.includes('/**/');
  const slash = pattern.lastIndexOf('/');
  const folder = recursive ? pattern.slice(0, pattern.indexOf('/**/')) : pattern.slice(0, Math.max(0, slash));
  const parts = pattern.slice(slash + 1).split('*');
  const name = new RegExp(`^${parts.map(part => part.replace(/[.+]/g, '\\$&')).join('.*')}$`);
  return fs
    .readdirSync(path.join(root, folder), { recursive, withFileTypes: true })
    .filter(entry => entry.isFile() && name.test(entry.name))
    .map(entry => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** Beside the programs that load it: vsce takes no `node_modules` that npm does not vouch for at the top. */
export function placeOf(file: string): string {
  return file.startsWith('node_modules/') ? `dist/${file}` : file;
}

/** Without what is for those who build it. */
export function shippedManifest(text: string): string {
  const all = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const building = ['scripts', 'private', 'dependencies', 'devDependencies', 'overrides', 'allowScripts'];
  const shipped = Object.entries(all).filter(([key]) => !building.includes(key));
  return `${JSON.stringify(Object.fromEntries(shipped), null, 2)}\n`;
}
