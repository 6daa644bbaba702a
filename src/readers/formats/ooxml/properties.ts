/** Title, author, dates and keywords of an Office Open XML or OpenDocument file. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { attribute, parseXml } from '../xml/parseXml.ts';
import type { OpcPackage } from './opcPackage.ts';

/**
 * Elements of `docProps/*.xml` and `meta.xml` that a person would search for; programs, counts and editing times are
 * not among them.
 */
const SHOWN = new Set([
  'subject',
  'description',
  'creator',
  'initial-creator',
  'lastModifiedBy',
  'category',
  'contentStatus',
  'Company',
  'Manager',
  'HyperlinkBase',
  'created',
  'creation-date',
  'modified',
  'date',
  'user-defined',
  'lpwstr',
  'lpstr',
]);
const CUSTOM = new Set(['lpwstr', 'lpstr', 'user-defined']);
/** Custom properties that programs write for themselves. */
const INTERNAL =
  /^(?:_|MSIP_|AppVersion|ContentType|KSOProduct|ICV$|Fasoo|LinksUpToDate|Template|Generator)/iu;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-][\d:]+)?$/u;

/** Adds the properties in `docProps`; call it before anything else is built. */
export function addPackageProperties(builder: DocumentBuilder, opc: OpcPackage): void {
  const parts = opc.partsOf('', 'core-properties', 'extended-properties', 'custom-properties');
  for (const part of new Set([...parts, 'docProps/core.xml', 'docProps/app.xml', 'docProps/custom.xml'])) {
    const bytes = opc.zip.read(part);
    if (bytes !== null) addProperties(builder, bytes);
  }
}

/** Adds only the properties inside the element `within`, if it is given. */
export function addProperties(builder: DocumentBuilder, bytes: Uint8Array, within?: string): void {
  let text = '';
  let label = '';
  let parent = '';
  const path: string[] = [];
  parseXml(bytes, {
    open: (name, attributes) => {
      text = '';
      parent = path.at(-1) ?? '';
      path.push(name);
      if (name === 'property' || name === 'user-defined') label = attribute(attributes, 'name');
    },
    text: value => (text += value),
    close: name => {
      path.pop();
      const value = text.trim();
      text = '';
      if (value === '' || (within !== undefined && !path.includes(within))) return;
      if (name === 'title') builder.title(value);
      if (name === 'title' || name === 'Title') builder.metadata('title', value);
      else if (name === 'keywords' || name === 'keyword') {
        for (const keyword of value.split(/[,;]/u)) builder.keyword(keyword);
        builder.metadata('keywords', value);
        // The titles of parts (sheets, headings) are `lpstr` of a vector, and the document itself contains them.
      } else if (SHOWN.has(name) && parent !== 'vector' && parent !== 'variant') {
        const shown = CUSTOM.has(name) ? label : name;
        if (!INTERNAL.test(shown)) builder.metadata(shown, DATE_TIME.exec(value)?.[1] ?? value);
      }
    },
  });
}
