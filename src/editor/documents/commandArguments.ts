/** Arguments of commands come from anywhere (a keybinding, another extension): looked at, not believed. */
import type { DocumentRequest } from '../../domain/document.ts';
import type { Hit } from '../../domain/hit.ts';
import type { ResultNode } from '../results/resultsTree.ts';

export function nodeOf(argument: unknown): Partial<ResultNode> {
  return typeof argument === 'object' && argument !== null ? argument : {};
}

export function hitOf(argument: unknown): Hit | undefined {
  const node = nodeOf(argument);
  return node.is === 'passage' ? node.hit : undefined;
}

/** The file of a node that stands for a file or for a passage. */
export function placeOfNode(argument: unknown): DocumentRequest | undefined {
  const node = nodeOf(argument);
  const place = node.is === 'file' ? node.group : node.is === 'passage' ? node.hit : undefined;
  return place === undefined ? undefined : { folder: place.folder, file: place.file };
}
