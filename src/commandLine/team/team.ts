/** `malmoi team …`: servers, the folders pushed to them, and the index that a team searches. */
import { openClient } from '../../team/client/openClient.ts';
import { TeamFault } from '../../team/client/teamFault.ts';
import { currentIndex, indexIfAny, removeIndex } from '../../team/client/teamIndexes.ts';
import { sourcesOf } from '../../team/client/teamSources.ts';
import { indexName } from '../../team/indexMeta.ts';
import { switchWhenComplete } from '../../team/push/beginIndex.ts';
import { removeSource } from '../../team/push/removeSource.ts';
import { languageOf, sayIn } from '../../wording/language.ts';
import { teamStateText } from '../../wording/teamNotice.ts';
import type { Arguments } from '../arguments.ts';
import type { Console } from '../console.ts';
import { UsageError } from '../usage.ts';
import { addServer, removeServer } from './editServers.ts';
import { runPush, teamModel, type TeamOptions } from './push.ts';
import { accessNamed, credentialsOf, readServers } from './teamServers.ts';

/** Exit code 1 where the server has a problem. */
export async function runTeam(args: Arguments, options: TeamOptions, console: Console): Promise<number> {
  const say = sayIn(languageOf(options.language));
  try {
    return await run(args, options, console);
  } catch (error) {
    if (!(error instanceof TeamFault)) throw error;
    console.message(`${teamStateText(error.state, say)} (${error.message})`);
    return 1;
  }
}

function run(args: Arguments, options: TeamOptions, console: Console): Promise<number> {
  const [action = '', first = '', second = ''] = args.operands;
  switch (action) {
    case 'add':
      return addServer(args, first, second, console);
    case 'remove':
      return removeServer(first, console);
    case 'list':
      return list(args, options, console);
    case 'push':
      return runPush(args, first, options, console);
    case 'switch':
      return switchIndex(args, first, options, console);
    case 'forget':
      return forget(first, second, console);
    default:
      return clean(args, first, console);
  }
}

async function list(args: Arguments, options: TeamOptions, console: Console): Promise<number> {
  const say = sayIn(languageOf(options.language));
  const rows: object[] = [];
  for (const server of await readServers()) {
    const access = { ...server, credentials: credentialsOf(server.name) };
    const signsIn = access.credentials?.kind ?? null;
    try {
      const client = await openClient(access);
      try {
        const { name, meta } = await currentIndex(client, server.index ?? server.name, { timeout: 5_000 });
        const sources = [...(await sourcesOf(client, name)).keys()];
        rows.push({
          ...server,
          signsIn,
          state: 'answered',
          current: name,
          model: meta.model,
          sources,
          sendsWords: meta.salt === null,
        });
      } finally {
        void client.close();
      }
    } catch (error) {
      if (!(error instanceof TeamFault)) throw error;
      rows.push({ ...server, signsIn, state: error.state });
      console.message(`${server.name}: ${teamStateText(error.state, say)}`);
    }
  }
  for (const row of rows) console.json(row);
  if (rows.length === 0 && !args.json)
    console.message(
      '적어 둔 팀 서버가 없습니다. malmoi team add NAME URL 로 적으세요. / No team server yet: malmoi team add NAME URL.',
    );
  return rows.some(row => (row as { state: string }).state !== 'answered') ? 1 : 0;
}

/** Runs `work` with the client of a server that is noted under a name. */
async function withTeam<T>(
  name: string,
  work: (client: Awaited<ReturnType<typeof openClient>>, team: string) => Promise<T>,
): Promise<T> {
  const access = await accessNamed(name);
  const client = await openClient(access);
  try {
    return await work(client, access.index ?? name);
  } finally {
    void client.close();
  }
}

function switchIndex(args: Arguments, name: string, options: TeamOptions, console: Console): Promise<number> {
  return withTeam(name, async (client, team) => {
    const { fingerprint } = await teamModel(options);
    const index = await indexIfAny(client, indexName(team, fingerprint));
    if (index === null)
      throw new UsageError(
        '이 모델로 올린 색인이 없습니다. 먼저 malmoi team push 를 실행하세요. / Nothing was pushed with this model yet.',
      );
    const result = await switchWhenComplete(client, team, index, args.force);
    console.json(result);
    return result.index === index.name ? 0 : 1;
  });
}

function forget(name: string, source: string, console: Console): Promise<number> {
  return withTeam(name, async (client, team) => {
    const index = await currentIndex(client, team);
    const removed = await removeSource(client, index.name, source);
    console.print(`${removed}개 문단을 지웠습니다 / passages removed`);
    return 0;
  });
}

/** Removes an index that the team no longer searches. */
function clean(args: Arguments, name: string, console: Console): Promise<number> {
  return withTeam(name, async (client, team) => {
    const current = await currentIndex(client, team);
    const old = args.operands[2] ?? '';
    const isOwn = old.startsWith(`${team.toLowerCase()}-`) && old !== current.name;
    if (!isOwn)
      throw new UsageError(
        `지금 찾는 색인이거나 이 팀의 것이 아닙니다 / searched now, or not of this team: ${old}`,
      );
    await removeIndex(client, old);
    console.print(`지웠습니다 / removed: ${old}`);
    return 0;
  });
}
