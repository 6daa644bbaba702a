/** `malmoi team add` and `remove`. */
import path from 'node:path';
import type { TeamServer } from '../../domain/team/team.ts';
import type { Arguments } from '../arguments.ts';
import type { Console } from '../console.ts';
import { UsageError } from '../usage.ts';
import { isTeamName, readServers, teamsFile, variableOf, writeServers } from './teamServers.ts';

export async function addServer(
  args: Arguments,
  name: string,
  url: string,
  console: Console,
): Promise<number> {
  if (!isTeamName(name))
    throw new UsageError('이름에는 글자, 숫자, . _ - 만 쓸 수 있습니다 / letters, digits, . _ - only');
  const parsed = addressOf(url);
  if (parsed.username !== '' || parsed.password !== '')
    throw new UsageError('주소에 비밀번호를 적지 마세요 / no password in the address');
  const { index, ca, map, link } = args.team;
  const server: TeamServer = {
    name,
    url: parsed.href.replace(/\/$/, ''),
    ...(index === null ? {} : { index }),
    ...(ca === null ? {} : { ca: path.resolve(ca) }),
    ...(map.length === 0 ? {} : { folders: Object.fromEntries(map.map(folderOf)) }),
    ...(link === null ? {} : { link }),
  };
  const others = (await readServers()).filter(known => known.name !== name);
  await writeServers([...others, server]);
  const variable = variableOf(name);
  console.print(`${name} → ${teamsFile()}`);
  console.message(
    `로그인 정보는 환경 변수에 두세요 / credentials come from the environment: ` +
      `${variable}_API_KEY, ${variable}_TOKEN, ${variable}_USER + ${variable}_PASSWORD`,
  );
  return 0;
}

export async function removeServer(name: string, console: Console): Promise<number> {
  const servers = await readServers();
  const left = servers.filter(server => server.name !== name);
  if (left.length === servers.length)
    throw new UsageError(`그런 팀 서버가 없습니다 / no such server: ${name}`);
  await writeServers(left);
  console.print(`지웠습니다 / removed: ${name}`);
  return 0;
}

function addressOf(url: string): URL {
  try {
    const parsed = new URL(url);
    if (parsed.protocol === 'https:' || parsed.protocol === 'http:') return parsed;
  } catch {
    // The error is reported below.
  }
  throw new UsageError(`주소가 아닙니다 / not an address: ${url}`);
}

function folderOf(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new UsageError('--map: SOURCE=DIR');
  return [text.slice(0, at), path.resolve(text.slice(at + 1))];
}
