/** The team servers of the command line. The file has no secrets, which come from the environment. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import envPaths from 'env-paths';
import * as v from 'valibot';
import type { TeamAccess, TeamCredentials, TeamServer } from '../../domain/team/team.ts';
import { writeWhole } from '../../model/wholeFile.ts';
import { UsageError } from '../usage.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Names appear in addresses and in the names of environment variables and indexes. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,62}$/u;

const Server = v.object({
  name: v.pipe(v.string(), v.regex(NAME)),
  url: v.string(),
  index: v.optional(v.string()),
  ca: v.optional(v.string()),
  folders: v.optional(v.record(v.string(), v.string())),
  link: v.optional(v.string()),
  timeout: v.optional(v.number()),
});
const Servers = v.array(Server);

export function isTeamName(name: string): boolean {
  return NAME.test(name);
}

/** `MALMOI_TEAMS`, else in the configuration folder of this user. */
export function teamsFile(environment: Environment = process.env): string {
  return environment['MALMOI_TEAMS'] || path.join(envPaths('malmoi', { suffix: '' }).config, 'teams.json');
}

/** Throws a `UsageError` where the file is invalid. */
export async function readServers(file = teamsFile()): Promise<readonly TeamServer[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new UsageError(
      `팀 서버 목록을 읽을 수 없습니다 / the list of team servers cannot be read: ${file} (${code})`,
    );
  }
  try {
    return v.parse(Servers, JSON.parse(text));
  } catch {
    throw new UsageError(
      `팀 서버 목록을 읽을 수 없습니다 / the list of team servers cannot be read: ${file}`,
    );
  }
}

export async function writeServers(servers: readonly TeamServer[], file = teamsFile()): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(servers, null, 2)}\n`);
}

/** `MALMOI_TEAM_<NAME>`: the name in capitals with `_` for anything but letters and digits. */
export function variableOf(name: string): string {
  return `MALMOI_TEAM_${name.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '_')}`;
}

export function credentialsOf(name: string, environment: Environment = process.env): TeamCredentials | null {
  const own = variableOf(name);
  const key = environment[`${own}_API_KEY`];
  if (key) return { kind: 'apiKey', key };
  const token = environment[`${own}_TOKEN`];
  if (token) return { kind: 'bearer', key: token };
  const [user, password] = [environment[`${own}_USER`], environment[`${own}_PASSWORD`]];
  return user && password !== undefined ? { kind: 'basic', user, password } : null;
}

/** All servers as the engine is told of them, with the secrets of the environment. */
export async function teamAccesses(environment: Environment = process.env): Promise<readonly TeamAccess[]> {
  const servers = await readServers(teamsFile(environment));
  return servers.map(server => ({ ...server, credentials: credentialsOf(server.name, environment) }));
}

/** Throws a `UsageError` where there is no server with this name. */
export async function accessNamed(name: string): Promise<TeamAccess> {
  const found = (await teamAccesses()).find(server => server.name === name);
  if (found === undefined)
    throw new UsageError(
      `그런 팀 서버가 없습니다. malmoi team add ${name} URL 로 먼저 적으세요 / no such team server: ${name}`,
    );
  return found;
}
