/** The indexes of a team on a server: an alias that is searched, and behind it one index for a model and its rules. */
import type { Client } from '@opensearch-project/opensearch';
import * as v from 'valibot';
import {
  indexName,
  mappingOf,
  readMeta,
  settingsOf,
  type IndexLayout,
  type IndexMeta,
} from '../indexMeta.ts';
import { send, type SendOptions } from './send.ts';
import { TeamFault } from './teamFault.ts';

export interface TeamIndex {
  /** The index's own name, not the alias. */
  readonly name: string;
  readonly meta: IndexMeta;
}

const Mappings = v.record(v.string(), v.object({ mappings: v.unknown() }));
const Aliases = v.record(v.string(), v.object({ aliases: v.record(v.string(), v.unknown()) }));

/** An index or alias as part of a path; names with a wildcard or a comma would mean others as well. */
export function segment(name: string): string {
  if (name === '' || /[*,\s<>|\\/?"#:]|^[-_+.]/u.test(name)) throw new TeamFault('missing', `index ${name}`);
  return encodeURIComponent(name);
}

/** What an alias or index name stands for now. Rejects with `TeamFault`: `missing`, `otherFormat` and others. */
export async function currentIndex(client: Client, name: string, options?: SendOptions): Promise<TeamIndex> {
  const answer = await send(client, { method: 'GET', path: `/${segment(name)}/_mapping` }, options);
  const found = v.safeParse(Mappings, answer);
  if (!found.success) throw new TeamFault('malformed', 'mapping');
  const [own, ...others] = Object.entries(found.output);
  if (own === undefined) throw new TeamFault('missing', `index ${name}`);
  if (others.length > 0) throw new TeamFault('otherFormat', `${name} stands for several indexes`);
  const meta = readMeta(own[1].mappings);
  if (meta === null) throw new TeamFault('otherFormat', own[0]);
  return { name: own[0], meta };
}

/** What documents are written to: an index that is gone has none, and is not made anew by a document. */
export function writeAlias(index: string): string {
  return `${index}-write`;
}

/** null where there is none of this name. */
export async function indexIfAny(client: Client, name: string): Promise<TeamIndex | null> {
  try {
    return await currentIndex(client, name);
  } catch (error) {
    if (error instanceof TeamFault && error.state === 'missing') return null;
    throw error;
  }
}

/** Finds the index of a model, or makes it. Two pushers may both try: one of them finds the other's. */
export async function ensureIndex(
  client: Client,
  team: string,
  fingerprint: string,
  makeMeta: () => Promise<IndexMeta>,
  layout: IndexLayout,
): Promise<TeamIndex> {
  const name = indexName(team, fingerprint);
  const known = await indexIfAny(client, name);
  if (known !== null) return known;
  const body = {
    mappings: mappingOf(await makeMeta()),
    settings: { index: settingsOf(layout) },
    aliases: { [writeAlias(name)]: {} },
  };
  try {
    await send(client, { method: 'PUT', path: `/${segment(name)}`, body });
  } catch (error) {
    const isThere = error instanceof TeamFault && /resource_already_exists/u.test(error.message);
    if (!isThere) throw error;
  }
  return currentIndex(client, name);
}

/** The index that a team's alias names; null where there is no such alias. */
export async function aliasedIndex(client: Client, alias: string): Promise<string | null> {
  let answer: unknown;
  try {
    answer = await send(client, { method: 'GET', path: `/_alias/${segment(alias)}` });
  } catch (error) {
    if (error instanceof TeamFault && error.state === 'missing') return null;
    throw error;
  }
  const found = v.safeParse(Aliases, answer);
  if (!found.success) throw new TeamFault('malformed', 'aliases');
  return Object.keys(found.output)[0] ?? null;
}

/** In one step on the server: a search finds the old index or the new one, never none and never both. */
export async function switchAlias(
  client: Client,
  alias: string,
  from: string | null,
  to: string,
): Promise<void> {
  const actions = [
    ...(from === null ? [] : [{ remove: { index: from, alias } }]),
    { add: { index: to, alias, is_write_index: true } },
  ];
  await send(client, { method: 'POST', path: '/_aliases', body: { actions } });
}

export async function refresh(client: Client, index: string): Promise<void> {
  await send(client, { method: 'POST', path: `/${segment(index)}/_refresh` });
}

export async function removeIndex(client: Client, index: string): Promise<void> {
  await send(client, { method: 'DELETE', path: `/${segment(index)}` });
}
