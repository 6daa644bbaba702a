/** The packages that esbuild put into an output, read from the metafiles of the build before (out/meta-*.json). */
import fs from 'node:fs';
import path from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX identifier or expression; null where the package says none in its manifest. */
  readonly license: string | null;
  /** Absolute. */
  readonly folder: string;
}

export interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly licenses?: readonly { readonly type: string }[];
}

/** Ordered by folder. `inOutput` picks outputs by their path. */
export function bundledPackages(
  root: string,
  inOutput: (output: string) => boolean = () => true,
): readonly BundledPackage[] {
  const out = path.join(root, 'out');
  const metafiles = fs
    .readdirSync(out)
    .filter(name => /^meta-.*\.json$/.test(name))
    .map(name => JSON.parse(fs.readFileSync(path.join(out, name), 'utf8')) as Metafile);
  return eachOnce(foldersOf(metafiles, inOutput).map(folder => packageIn(path.join(root, folder))));
}

/** Folders of packages that any byte of an output came from. */
export function foldersOf(
  metafiles: readonly Metafile[],
  inOutput: (output: string) => boolean,
): readonly string[] {
  const folders = metafiles
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([output]) => inOutput(output))
    .flatMap(([, { inputs }]) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => /.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter(folder => folder !== undefined);
  return [...new Set(folders)].sort();
}

/** A version may lie in several folders. */
export function eachOnce(packages: readonly BundledPackage[]): readonly BundledPackage[] {
  return [...new Map(packages.map(each => [`${each.name}@${each.version}`, each])).values()];
}

export function packageIn(folder: string): BundledPackage {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, licenses } = manifest;
  return {
    name,
    version,
    license: license ?? licenses?.map(({ type }) => type).join(' OR ') ?? null,
    folder,
  };
}
