/** Says in words how team servers have answered. */
import type { TeamAnswer, TeamState } from '../domain/team/team.ts';
import type { Say } from './language.ts';

/** A sentence for each server that has no hits to offer, or not all; null where all have answered. */
export function teamNotice(answers: readonly TeamAnswer[], say: Say): string | null {
  const said = answers.flatMap(answer => sentenceOf(answer, say) ?? []);
  return said.length === 0 ? null : said.join(' ');
}

function sentenceOf({ name, state, model, isCut }: TeamAnswer, say: Say): string | null {
  if (state === 'answered')
    return isCut
      ? say(
          `팀 서버 ‘${name}’에서는 조건에 맞는지 앞부분만 살펴보았습니다. 조건을 좁혀 보세요.`,
          `Of the team server “${name}” only the best passages were checked against the conditions. Narrow them down.`,
        )
      : null;
  if (state === 'otherModel')
    return say(
      `팀 서버 ‘${name}’의 색인은 다른 모델(${model ?? '?'})로 만들어져 그 문서는 찾지 않았습니다. 그 모델을 고르면 팀 문서도 찾습니다.`,
      `The index of the team server “${name}” was made by another model (${model ?? '?'}), so its documents were not searched. Choose that model to search the team’s.`,
    );
  return `${say(`팀 서버 ‘${name}’`, `Team server “${name}”`)}: ${teamStateText(state, say)}`;
}

/** Says what is wrong, and what to do about it. */
export function teamStateText(state: TeamState, say: Say): string {
  const texts: Readonly<Record<TeamState, string>> = {
    answered: say('연결됨', 'connected'),
    slow: say(
      '제때 답하지 않아 그 문서는 결과에 없습니다.',
      'no answer in time; its documents are left out.',
    ),
    unreachable: say(
      '연결할 수 없어 그 문서는 결과에 없습니다. 다시 이어지면 저절로 함께 찾습니다.',
      'not reachable; its documents are left out. It takes part again by itself once it is back.',
    ),
    untrusted: say(
      '인증서를 믿을 수 없습니다. 회사 인증서라면 서버 설정의 ca에 그 파일을 적으세요.',
      'its certificate is not trusted. If it is your company’s, name its file in “ca” of the server’s settings.',
    ),
    unauthorized: say(
      '로그인하지 못했습니다. 키나 비밀번호가 바뀌었거나 만료되었을 수 있습니다. 다시 로그인하세요.',
      'the login failed. The key or password may have changed or expired; sign in again.',
    ),
    forbidden: say(
      '이 색인을 볼 권한이 없습니다. 서버 관리자에게 물어보세요.',
      'you may not read this index. Ask the server’s administrator.',
    ),
    insecure: say(
      '주소가 안전하지 않아 연결하지 않았습니다. https 주소를 쓰고, 주소에 비밀번호를 적지 마세요.',
      'not contacted, for its address is not safe. Use an https address without a password in it.',
    ),
    missing: say(
      '그런 색인이 없습니다. 설정의 index를 확인하거나 먼저 malmoi team push를 실행하세요.',
      'it has no such index. Check “index” in the settings, or run malmoi team push first.',
    ),
    otherModel: say('다른 모델의 색인입니다.', 'its index was made by another model.'),
    otherFormat: say(
      '말모이가 만든 색인이 아니거나 다른 버전의 것입니다. 말모이를 업데이트하거나 다시 올리세요.',
      'its index was not made by Malmoi, or by another version. Update Malmoi, or push again.',
    ),
    busy: say(
      '지금은 바빠서 받아 주지 않습니다. 잠시 뒤 다시 찾으세요.',
      'too busy just now. Search again in a moment.',
    ),
    full: say(
      '디스크가 가득 차서 새 문서를 받지 않습니다. 서버 관리자에게 알리세요.',
      'its disk is full and it takes no documents. Tell the server’s administrator.',
    ),
    malformed: say(
      '알아볼 수 없는 답을 보냈습니다. 주소가 OpenSearch 서버가 맞는지 확인하세요.',
      'its answer makes no sense. Check that the address is that of an OpenSearch server.',
    ),
    failed: say('찾지 못했습니다. 로그를 확인하세요.', 'the search failed. Look at the log.'),
  };
  return texts[state];
}
