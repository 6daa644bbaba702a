/** Charts and diagrams that a part points at. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { parseXml } from '../xml/parseXml.ts';
import { DrawingText, type DrawnItem } from './drawing.ts';
import type { OpcPackage } from './opcPackage.ts';

const DRAWN = new Set(['chart', 'chartEx', 'diagramData', 'chartUserShapes']);

/** What the relation `id` of `part` leads to, if that is a chart or a diagram. */
export function addDrawing(builder: DocumentBuilder, opc: OpcPackage, part: string, id: string): void {
  const relation = opc.relation(part, id);
  if (relation === undefined || relation.isExternal || !DRAWN.has(relation.type)) return;
  // Each series of a chart names the same categories again.
  const said = new Set<string>();
  for (const item of drawnItems(opc, relation.target)) {
    if (item.kind === 'relation' || said.has(item.text)) continue;
    if (relation.type === 'chart') said.add(item.text);
    builder.block(item.kind === 'table' ? 'table' : 'paragraph', item.text);
  }
  // Text boxes drawn onto a chart.
  for (const shapes of opc.partsOf(relation.target, 'chartUserShapes'))
    for (const item of drawnItems(opc, shapes))
      if (item.kind === 'shape') builder.block('paragraph', item.text);
}

export function drawnItems(opc: OpcPackage, part: string): readonly DrawnItem[] {
  const bytes = opc.zip.read(part);
  if (bytes === null) return [];
  const drawing = new DrawingText();
  parseXml(bytes, drawing);
  return drawing.items;
}
