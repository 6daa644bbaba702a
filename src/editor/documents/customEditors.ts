/** Which custom editor an installed extension offers for a file, told from the manifests. Pure. */
import * as v from 'valibot';

const Manifest = v.object({
  contributes: v.object({
    customEditors: v.array(
      v.object({
        viewType: v.string(),
        selector: v.array(v.object({ filenamePattern: v.string() })),
        priority: v.optional(v.string()),
      }),
    ),
  }),
});

/** The `viewType` for a path, those that open by default first; null where there is none. */
export function viewTypeFor(path: string, manifests: readonly unknown[]): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found: { readonly viewType: string; readonly isDefault: boolean }[] = [];
  for (const manifest of manifests) {
    const parsed = v.safeParse(Manifest, manifest);
    if (!parsed.success) continue;
    for (const { viewType, selector, priority } of parsed.output.contributes.customEditors)
      if (selector.some(({ filenamePattern }) => matches(filenamePattern, name)))
        found.push({ viewType, isDefault: priority !== 'option' });
  }
  return (found.find(({ isDefault }) => isDefault) ?? found[0])?.viewType ?? null;
}

const BY_EXTENSION = /^(?:\*\*\/)?\*\.(?:\{([^{}]+)\}|([^*{}]+))$/u;

/** Matches `*.hwp` or `*.{hwp,hwpx}`. An editor for any file at all (`*`) is not meant for this kind of document. */
function matches(pattern: string, name: string): boolean {
  const found = BY_EXTENSION.exec(pattern);
  if (found === null) return false;
  const extensions = (found[1] ?? found[2]!).split(',').map(extension => extension.trim().toLowerCase());
  return extensions.some(extension => name.toLowerCase().endsWith(`.${extension}`));
}
