import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { PARTS } from '../.ci/packages/targets.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly icon: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly keybindings: readonly { readonly key: string }[];
  };
};
/** Korean first, English after the rule. */
const languages = read('README.md').split('\n---\n');

/** Whether a file is packed, by its name or with its folder. */
function isPart(file: string): boolean {
  return PARTS.some(
    part => part === file || (part.endsWith('/*') && path.dirname(file) === path.dirname(part)),
  );
}

describe('README', () => {
  it('is in two languages', () => assert.equal(languages.length, 2));

  for (const [index, language] of ['Korean', 'English'].entries()) {
    it(`lists every setting with its default in ${language}`, () => {
      const rows = languages[index]!.split('\n').map(line => line.split('|').map(cell => cell.trim()));
      for (const [name, { default: value }] of Object.entries(
        manifest.contributes.configuration.properties,
      )) {
        const row = rows.find(cells => cells[1] === `\`${name}\``);
        assert.ok(row !== undefined, name);
        assert.deepEqual(JSON.parse(row[2]!.replaceAll('`', '')), value, name);
      }
    });

    it(`lists every key in ${language}`, () => {
      const text = languages[index]!.toLowerCase().replaceAll('`esc`', '`escape`');
      for (const { key } of manifest.contributes.keybindings) assert.ok(text.includes(`\`${key}\``), key);
    });
  }

  // The marketplace shows no SVG, no picture by http, and none that is not in the package.
  it('has only pictures that its page can show', () => {
    const pictures = [...read('README.md').matchAll(/!\[[^\]]*\]\(([^)\s]+)[^)]*\)|<img[^>]+src="([^"]+)"/g)];
    assert.ok(pictures.length > 0);
    for (const [, markdown, html] of pictures) {
      const target = (markdown ?? html)!;
      assert.ok(!/\.svg\b|badge/i.test(target), target);
      if (!target.startsWith('https://')) assert.ok(isPart(target), target);
    }
    assert.match(manifest.icon, /\.png$/);
  });

  it('names only npm scripts and files that are there', () => {
    for (const [, script] of read('README.md').matchAll(/npm run ([\w:-]+)/g)) {
      assert.ok(Object.hasOwn(manifest.scripts, script!), script);
    }
    for (const [, target] of read('README.md').matchAll(/\]\((?!#|https?:)([^)#]+)(?:#[^)]*)?\)/g)) {
      assert.ok(fs.existsSync(path.join(root, target!)), target);
    }
  });

  it('names in SECURITY.md only tests and files that are there', () => {
    const named = [...read('SECURITY.md').matchAll(/`((?:test|src)\/[^`]+)`/g)].map(([, file]) => file!);
    assert.ok(named.length > 10);
    for (const file of named) assert.ok(fs.existsSync(path.join(root, file)), file);
  });

  it('has no paragraph or item of more than 60 words in the map of the source', () => {
    const prose = read('src/README.md').replace(/^```.*?^```/gmsu, '');
    const paragraphs = prose
      .split(/\n\s*\n|\n(?=\s*(?:-|\d+\.) )/u)
      .map(paragraph => paragraph.trim())
      .filter(paragraph => !/^[|#]/u.test(paragraph));
    assert.ok(paragraphs.length > 80);
    assert.deepEqual(
      paragraphs.filter(paragraph => paragraph.split(/\s+/u).length > 60),
      [],
    );
  });

  it('names in the map of the source only folders and tests that are there', () => {
    const map = read('src/README.md');
    for (const [, room] of map.matchAll(/^\| `([\w/.]+\/)`/gmu))
      assert.ok(fs.existsSync(path.join(root, 'src', room!)), room);
    for (const [, file] of map.matchAll(/`((?:test|\.\.\/media)\/[\w./]+)`/gu))
      assert.ok(fs.existsSync(path.join(root, file!.replace('../', ''))), file);
  });
});
