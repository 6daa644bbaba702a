/** Grows an index to a size by copies of its own documents, under other paths: what a larger team's would cost. */
import type { Client } from '@opensearch-project/opensearch';
import { BulkWriter } from '../../../src/team/client/bulk.ts';
import { refresh } from '../../../src/team/client/teamIndexes.ts';
import { send } from '../../../src/team/client/send.ts';
import type { Figure } from '../figures.ts';

const SAMPLE = 2_000;
const GROUP = 500;

interface Page {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly hits: readonly { readonly _source: Document }[];
  };
}

interface Document {
  readonly path: string;
  readonly semantic: Readonly<Record<string, number>>;
}

export async function copyDocuments(
  client: Client,
  index: string,
  size: number,
  print: (figure: Figure) => void,
): Promise<void> {
  await refresh(client, index);
  const query = { bool: { filter: [{ exists: { field: 'length' } }] } };
  const body = { size: SAMPLE, track_total_hits: true, query };
  const page = (await send(client, { method: 'POST', path: `/${index}/_search`, body })) as Page;
  const originals = page.hits.hits.map(({ _source }) => _source);
  const before = page.hits.total.value;
  const missing = size - before;
  if (missing <= 0) return;
  const writer = new BulkWriter(client, index, {
    signal: new AbortController().signal,
    onWaiting: () => undefined,
  });
  const started = performance.now();
  const underWay = new Set<Promise<void>>();
  for (let at = 0; at < missing; at += GROUP) {
    const actions = Array.from({ length: Math.min(GROUP, missing - at) }, (_, i) => {
      const number = before + at + i;
      return { kind: 'index' as const, id: `copy-${number}`, document: copyOf(originals, number) };
    });
    const work: Promise<void> = writer.write(actions).finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= 4) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  await refresh(client, index);
  const seconds = (performance.now() - started) / 1_000;
  print({
    name: `to ${size.toLocaleString('en')}: written without encoding`,
    value: Math.round(missing / seconds),
    unit: 'passages/s',
  });
}

/** Weights vary by a few hundredths, so that copies are no ties. */
function copyOf(originals: readonly Document[], number: number): object {
  const original = originals[number % originals.length]!;
  const factor = 0.97 + ((number * 7_919) % 1_000) / 20_000;
  const semantic = Object.fromEntries(
    Object.entries(original.semantic).map(([key, weight]) => [key, Number((weight * factor).toPrecision(5))]),
  );
  return { ...original, semantic, path: `copy/${number}.txt`, source: 'copies' };
}
