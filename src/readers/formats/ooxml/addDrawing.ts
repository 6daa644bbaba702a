/** Adds the charts and diagrams that a part refers to. */
import type { DocumentBuilder } from '../../documentBuilder.ts';
import { parseXml } from '../xml/parseXml.ts';
import { DrawingText, type DrawnItem } from './drawing.ts';
import type { OpcPackage } from './opcPackage.ts';

const DRAWN = new Set(['chart', 'chartEx', 'diagramData', 'chartUserShapes']);

/** Adds the target of relation `id` of `part` if it is a chart or a diagram. */
export function addDrawing(builder: DocumentBuilder, opc: OpcPackage, part: string, id: string): void {
  const relation = opc.relation(part, id);
  if (relation === undefined || relation.isExternal || !DRAWN.has(relation.type)) return;
  // Each series of a chart repeats the same categories.
  const said = new Set<string>();
  for (const item of drawnItems(opc, relation.target)) {
    if (item.kind === 'relation' || said.has(item.text)) continue;
    if (relation.type === 'chart') said.add(item.text);
    builder.block(item.kind === 'table' ? 'table' : 'paragraph', item.text);
  }
  // Text boxes that were drawn on the chart.
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
