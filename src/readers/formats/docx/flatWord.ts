/** Word documents that are one XML file: those of Word 2003, and "flat" ones whose parts stand in one file. */
import { DocumentBuilder } from '../../documentBuilder.ts';
import type { ReadResult } from '../../readers.ts';
import { addProperties } from '../ooxml/properties.ts';
import { parseXml } from '../xml/parseXml.ts';
import { Story } from './story.ts';
import { Styles } from './styles.ts';

export function readFlatWord(bytes: Uint8Array): ReadResult {
  const builder = new DocumentBuilder();
  addProperties(builder, bytes, 'DocumentProperties');
  addProperties(builder, bytes, 'coreProperties');
  const story = new Story(
    new Styles(bytes),
    () => '',
    item => {
      if (item.kind === 'heading') builder.heading(item.depth, item.text);
      else if (item.kind === 'block') builder.block(item.block, item.text);
      else if (item.kind === 'place')
        builder.at({ kind: 'section', section: item.section, paragraph: item.paragraph });
    },
  );
  parseXml(bytes, story, () => builder.full);
  return builder.finish();
}
