/** `malmoi.team.servers` as it is meant; what is none of it is left out. Pure. */
import * as v from 'valibot';
import type { TeamServer } from '../../domain/team/team.ts';

const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(2_000));

const Server = v.object({
  name: v.pipe(Text, v.maxLength(60), v.regex(/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u)),
  url: Text,
  index: v.optional(Text),
  ca: v.optional(Text),
  folders: v.optional(v.record(v.string(), Text)),
  link: v.optional(Text),
  timeout: v.optional(v.pipe(v.number(), v.minValue(100), v.maxValue(60_000))),
});

/** One server a name: the first. */
export function teamServers(value: unknown): readonly TeamServer[] {
  const servers = new Map<string, TeamServer>();
  for (const each of Array.isArray(value) ? (value as readonly unknown[]) : []) {
    const found = v.safeParse(Server, each);
    if (found.success && !servers.has(found.output.name)) servers.set(found.output.name, found.output);
  }
  return [...servers.values()];
}

/**
 * Where a server's credentials are kept: its address is part of the place, so that a changed setting does not send them
 * to another machine.
 */
export function secretKey({ name, url }: Pick<TeamServer, 'name' | 'url'>): string {
  let origin = url;
  try {
    origin = new URL(url).origin;
  } catch {
    // It is no address, and nobody is told anything.
  }
  return `malmoi.team ${name} ${origin}`;
}
