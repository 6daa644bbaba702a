/** Dragging results out of a tree: into an editor as its file, into a text as a quotation. */
import * as vscode from 'vscode';
import { teamOfFolder } from '../../domain/team/team.ts';
import { hitOf, placeOfNode } from '../documents/commandArguments.ts';
import { fileUri } from '../documents/hitUri.ts';
import { quotationOf } from './exportCommands.ts';

export class HitDrag<T> implements vscode.TreeDragAndDropController<T> {
  readonly dragMimeTypes = ['text/uri-list', 'text/plain'];
  readonly dropMimeTypes = [];

  handleDrag(nodes: readonly T[], data: vscode.DataTransfer): void {
    const places = nodes.flatMap(node => {
      const place = placeOfNode(node);
      // A team's document has no file on this computer.
      return place === undefined || teamOfFolder(place.folder) !== null
        ? []
        : [fileUri(place.folder, place.file).toString()];
    });
    if (places.length > 0)
      data.set('text/uri-list', new vscode.DataTransferItem([...new Set(places)].join('\r\n')));
    const quotations = nodes.flatMap(node => {
      const hit = hitOf(node);
      return hit === undefined ? [] : [quotationOf(hit)];
    });
    if (quotations.length > 0) data.set('text/plain', new vscode.DataTransferItem(quotations.join('\n')));
  }
}
