/** The parts of an Office Open XML file and their relations (ECMA-376 part 2, Open Packaging Conventions). */
import { attribute, parseXml } from '../xml/parseXml.ts';
import { Zip } from '../zip/zip.ts';
import type { UnpackBudget } from '../zip/unpackBudget.ts';

export interface Relation {
  readonly id: string;
  /** The last word of the type's address: `slide`, `hyperlink`, `comments`. */
  readonly type: string;
  /** The name of a part, or an address where `isExternal`. */
  readonly target: string;
  readonly isExternal: boolean;
}

export class OpcPackage {
  readonly zip: Zip;
  readonly #relations = new Map<string, readonly Relation[]>();

  constructor(bytes: Uint8Array, budget?: UnpackBudget) {
    this.zip = new Zip(bytes, budget);
  }

  /** The main part of the package. */
  mainPart(fallbacks: readonly string[]): string | null {
    const named = this.relationsOf('').find(({ type }) => type === 'officeDocument')?.target;
    return [named, ...fallbacks].find(name => name !== undefined && this.zip.has(name)) ?? null;
  }

  /** The relations of a part in order; those of the package for ''. */
  relationsOf(part: string): readonly Relation[] {
    const known = this.#relations.get(part);
    if (known !== undefined) return known;
    const relations: Relation[] = [];
    const slash = part.lastIndexOf('/') + 1;
    const folder = part.slice(0, slash);
    this.parse(`${folder}_rels/${part.slice(slash)}.rels`, (name, attributes) => {
      if (name !== 'Relationship') return;
      const isExternal = attribute(attributes, 'TargetMode') === 'External';
      const target = attribute(attributes, 'Target');
      relations.push({
        id: attribute(attributes, 'Id'),
        type: attribute(attributes, 'Type').replace(/^.*\//u, ''),
        target: isExternal ? target : resolved(folder, target),
        isExternal,
      });
    });
    this.#relations.set(part, relations);
    return relations;
  }

  relation(part: string, id: string): Relation | undefined {
    return this.relationsOf(part).find(relation => relation.id === id);
  }

  /** Names of the parts that a part refers to by relations of these types. */
  partsOf(part: string, ...types: readonly string[]): string[] {
    return this.relationsOf(part)
      .filter(({ type, isExternal }) => !isExternal && types.includes(type))
      .map(({ target }) => target);
  }

  /** Passes on the opening tags of a part; none where there is no such part. */
  parse(part: string, open: (name: string, attributes: Readonly<Record<string, string>>) => void): void {
    const bytes = this.zip.read(part);
    if (bytes !== null) parseXml(bytes, { open });
  }
}

/** A target is relative to the folder of the part that names it, and nothing is above the root. */
function resolved(folder: string, target: string): string {
  const path = decoded(target.replace(/#.*$/u, '').replaceAll('\\', '/'));
  const segments: string[] = [];
  for (const segment of (path.startsWith('/') ? path : folder + path).split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.' && segment !== '') segments.push(segment);
  }
  return segments.join('/');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
