/** A document put together from its passages in the index, for a reader without other access to it. */
import type { Client } from '@opensearch-project/opensearch';
import type { DocumentPassage, DocumentText } from '../../domain/document.ts';
import { passageId } from '../../search/localSource.ts';
import type { RemoteDocument } from '../../search/remoteSearch.ts';
import { send } from '../client/send.ts';
import { segment } from '../client/teamIndexes.ts';
import type { StoredDocument } from '../documents.ts';
import { KEPT_ONLY } from '../keptDocument.ts';
import { pageOf } from './candidates.ts';
import { opened } from './servedPassage.ts';

/** Passages of one document; more than anybody reads in an editor. */
export const MOST_PASSAGES = 2_000;

async function documentsOf(
  client: Client,
  index: string,
  { source, file }: RemoteDocument,
  signal: AbortSignal,
): Promise<readonly StoredDocument[]> {
  const body = {
    size: MOST_PASSAGES,
    ...KEPT_ONLY,
    query: { bool: { filter: [{ term: { source } }, { term: { path: file } }] } },
    sort: [{ number: 'asc' }],
  };
  const path = `/${segment(index)}/_search`;
  const { passages } = pageOf(await send(client, { method: 'POST', path, body }, { signal }));
  return opened(passages).map(({ document }) => document);
}

export async function passagesOfDocument(
  client: Client,
  index: string,
  request: RemoteDocument,
  signal: AbortSignal,
): Promise<readonly DocumentPassage[]> {
  const documents = await documentsOf(client, index, request, signal);
  return documents.map(({ hash, path, passage: { beside: _, ...passage } }) => ({
    ...passage,
    id: passageId(hash, passage.start, path),
  }));
}

/** Passages in reading order, with what stands between them; what the index does not keep is left out. */
export async function textOfDocument(
  client: Client,
  index: string,
  request: RemoteDocument,
  signal: AbortSignal,
): Promise<DocumentText> {
  const documents = await documentsOf(client, index, request, signal);
  const [first] = documents;
  if (first === undefined) return { problem: 'vanished' };
  let text = '';
  const places = documents.map(({ passage }, i) => {
    if (i > 0) text += '\n\n';
    // The text before a passage, such as its heading, is kept with it; the text after all passages, with the last.
    if (passage.beside !== '') text += `${passage.beside}\n\n`;
    const start = text.length;
    text += passage.text;
    return { start, location: passage.location };
  });
  return {
    text,
    markup: first.passage.markup,
    title: first.passage.headings[0] ?? null,
    places,
    isCut: documents.length === MOST_PASSAGES,
  };
}
