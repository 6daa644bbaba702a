import assert from 'node:assert/strict';
import { sbomOf, type SbomInput } from '../../.ci/packages/sbom.ts';

const INPUT: SbomInput = {
  product: { name: 'malmoi', version: '1.2.3', license: 'Apache-2.0' },
  target: 'linux-x64',
  epoch: 1_700_000_000,
  packages: [
    { name: 'yaml', version: '2.0.0', license: 'ISC', folder: '/x/yaml' },
    { name: '@scope/part', version: '1.0.0', license: '(MIT OR GPL-3.0-or-later)', folder: '/x/part' },
    { name: 'silent', version: '0.1.0', license: null, folder: '/x/silent' },
  ],
  model: { name: 'ko-mini', revision: '1', license: 'mit', sha256: 'ab'.repeat(32) },
  binaries: [{ name: 'bin/runtime.so.1', sha256: 'cd'.repeat(32) }],
};

interface Component {
  readonly type: string;
  readonly name: string;
  readonly group?: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly hashes?: readonly { readonly content: string }[];
  readonly 'bom-ref': string;
}
interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}
const read = (input: SbomInput): Bill => JSON.parse(sbomOf(input)) as Bill;

describe('the bill of materials', () => {
  it('names packages, binaries and the model, each once and reachable from the product', () => {
    const bill = read(INPUT);
    assert.deepEqual([bill.bomFormat, bill.specVersion], ['CycloneDX', '1.6']);
    const refs = bill.components.map(component => component['bom-ref']);
    assert.deepEqual(refs, [
      'pkg:npm/%40scope/part@1.0.0',
      'pkg:npm/silent@0.1.0',
      'pkg:npm/yaml@2.0.0',
      'file:bin/runtime.so.1',
      'model:ko-mini@1',
    ]);
    assert.equal(new Set(refs).size, refs.length);
    assert.deepEqual(bill.dependencies, [{ ref: bill.metadata.component['bom-ref'], dependsOn: refs }]);
  });

  it('writes a licence as an identifier, several as an expression, and none where none is said', () => {
    const [part, silent, yaml, , model] = read(INPUT).components;
    assert.deepEqual(part?.licenses, [{ expression: 'MIT OR GPL-3.0-or-later' }]);
    assert.deepEqual([part?.group, part?.name], ['@scope', 'part']);
    assert.equal(silent?.licenses, undefined);
    assert.deepEqual(yaml?.licenses, [{ license: { id: 'ISC' } }]);
    assert.deepEqual(model?.licenses, [{ license: { id: 'MIT' } }]);
  });

  it('is the same for the same contents, and has another number for others', () => {
    const { serialNumber, metadata } = read(INPUT);
    assert.equal(sbomOf(INPUT), sbomOf({ ...INPUT, packages: [...INPUT.packages].reverse() }));
    assert.match(
      serialNumber,
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    assert.notEqual(read({ ...INPUT, target: 'universal' }).serialNumber, serialNumber);
    assert.equal(metadata.timestamp, '2023-11-14T22:13:20.000Z');
  });
});
