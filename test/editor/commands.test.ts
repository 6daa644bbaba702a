import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { commands, contextKeys, hoverCommands, internalCommands, views } from '../../src/editor/commands.ts';

const root = path.resolve(import.meta.dirname, '..', '..');
const read = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsContainers: Readonly<
      Record<'activitybar' | 'secondarySidebar', readonly { readonly id: string }[]>
    >;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>>;
    };
    readonly colors: readonly { readonly id: string }[];
  };
  readonly activationEvents: readonly string[];
}

const { contributes, activationEvents } = JSON.parse(read('package.json')) as Manifest;
const texts = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const korean = JSON.parse(read('package.nls.ko.json')) as Readonly<Record<string, string>>;
const ids: readonly string[] = Object.values(commands);
const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

describe('package.json', () => {
  it('contributes exactly the commands of the table', () => {
    assert.deepEqual(sorted(contributes.commands.map(each => each.command)), sorted(ids));
  });

  it('names only known commands in menus, keybindings and welcome texts', () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      each => each.command,
    );
    const linked = Object.values(texts).flatMap(text =>
      [...text.matchAll(/\(command:(malmoi\.\w+)\)/g)].map(match => match[1]!),
    );
    for (const id of [...used, ...linked, ...hoverCommands]) assert.ok(ids.includes(id), id);
  });

  it('hides from the palette what needs an argument', () => {
    const hidden = contributes.menus['commandPalette']!.filter(each => each.when === 'false');
    assert.deepEqual(sorted(hidden.map(each => each.command)), sorted(internalCommands));
  });

  it('contributes the views and the container the code speaks of', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(each => each.id),
      [views.container],
    );
    assert.deepEqual(sorted(contributes.views[views.container]!.map(each => each.id)), [
      views.coverage,
      views.panel,
      views.results,
      views.saved,
    ]);
    assert.deepEqual(
      contributes.viewsContainers.secondarySidebar.map(each => each.id),
      [views.relatedContainer],
    );
    assert.deepEqual(
      contributes.views[views.relatedContainer]!.map(each => each.id),
      [views.related],
    );
    assert.ok(activationEvents.includes(`onWebviewPanel:${views.panelTab}`));
  });

  it('uses only context keys that the code sets', () => {
    const clauses = [
      ...Object.values(contributes.menus).flat(),
      ...contributes.keybindings,
      ...contributes.viewsWelcome,
    ].map(each => each.when ?? '');
    const known: readonly string[] = [...Object.values(contextKeys), ...Object.values(views)];
    for (const clause of clauses) {
      for (const [name] of clause.matchAll(/\bmalmoi\.\w+/g)) assert.ok(known.includes(name), name);
    }
  });

  it('keeps the paths of the index and the model, and where models come from, out of a workspace’s reach', () => {
    for (const key of ['malmoi.storePath', 'malmoi.modelPath', 'malmoi.modelMirror']) {
      assert.equal(contributes.configuration.properties[key]?.scope, 'machine');
    }
  });

  it('has every text in both languages, and no other', () => {
    const used = [...read('package.json').matchAll(/"%([\w.]+)%"/g)].map(match => match[1]!);
    assert.deepEqual(sorted(Object.keys(texts)), sorted(new Set(used)));
    assert.deepEqual(Object.keys(korean), Object.keys(texts));
  });

  it('activates without a search of the workspace', () => {
    assert.ok(!activationEvents.some(event => event.startsWith('workspaceContains') || event === '*'));
  });
});

describe('l10n bundle', () => {
  const sources = fs
    .readdirSync(path.join(root, 'src', 'editor'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => read(path.join('src', 'editor', name)))
    .concat(read('src/extension.ts'));
  const keys = sources.flatMap(source =>
    [...source.matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g)].map(match => match[1]!.replaceAll("\\'", "'")),
  );
  const bundle = JSON.parse(read('l10n/bundle.l10n.ko.json')) as Readonly<Record<string, string>>;

  it('has Korean for every text of the code, and nothing that no code uses', () => {
    assert.deepEqual(sorted(Object.keys(bundle)), sorted(new Set(keys)));
  });

  it('keeps the places of the arguments', () => {
    const places = (text: string): readonly string[] => sorted(text.match(/\{\d\}/g) ?? []);
    for (const [english, translated] of Object.entries(bundle)) {
      assert.deepEqual(places(translated), places(english), english);
    }
  });
});
