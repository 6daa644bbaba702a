/**
 * A package's bill of materials (CycloneDX 1.6): the packages whose code the bundler put into its outputs, the native
 * runtime and the model. A list of what npm installed would name hundreds that no user gets.
 */
import { createHash } from 'node:crypto';
import type { BundledPackage } from './bundled.ts';

export interface SbomFile {
  /** Path in the package. */
  readonly name: string;
  readonly sha256: string;
}

export interface SbomInput {
  readonly product: { readonly name: string; readonly version: string; readonly license: string };
  readonly target: string;
  /** Seconds since 1970: that of the source, so that two builds give the same bytes. */
  readonly epoch: number;
  readonly packages: readonly BundledPackage[];
  readonly model: {
    readonly name: string;
    readonly revision: string;
    readonly license: string;
    readonly sha256: string;
  };
  /** Native libraries and WebAssembly. */
  readonly binaries: readonly SbomFile[];
}

export function sbomOf(input: SbomInput): string {
  const { product, target, epoch, model } = input;
  const root = `pkg:generic/${product.name}@${product.version}?target=${target}`;
  const components = [
    ...input.packages.map(libraryOf).sort((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
    ...input.binaries.map(({ name, sha256 }) => ({
      type: 'file',
      'bom-ref': `file:${name}`,
      name,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
    {
      type: 'machine-learning-model',
      'bom-ref': `model:${model.name}@${model.revision}`,
      name: model.name,
      version: model.revision,
      licenses: licensesOf(model.license),
      hashes: [{ alg: 'SHA-256', content: model.sha256 }],
    },
  ];
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([root, epoch, components]))}`,
    version: 1,
    metadata: {
      timestamp: new Date(epoch * 1000).toISOString(),
      component: {
        type: 'application',
        'bom-ref': root,
        name: product.name,
        version: product.version,
        licenses: licensesOf(product.license),
        purl: root,
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map(component => component['bom-ref']) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

interface Library {
  readonly 'bom-ref': string;
}

function libraryOf({ name, version, license }: BundledPackage): Library {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const licenses = license === null ? {} : { licenses: licensesOf(license) };
  const [group, short] = name.startsWith('@') ? name.split('/') : [undefined, name];
  const scope = group === undefined ? {} : { group };
  const fields = { type: 'library', 'bom-ref': purl, ...scope, name: short, version, ...licenses, purl };
  return fields;
}

/** One identifier, or an expression of several. Small letters are not SPDX's. */
function licensesOf(license: string): readonly object[] {
  if (/\s/.test(license)) return [{ expression: license.replace(/^\((.*)\)$/, '$1') }];
  return [{ license: { id: license === 'mit' ? 'MIT' : license } }];
}

/** Version 8 (RFC 9562): made of a hash, for the same contents must give the same number. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
