/** The help of the whole command line, and of one command, in Korean and English. */
import { COMMANDS, type CommandReference } from './commands.ts';
import { OPTIONS, written } from './options.ts';

const ENVIRONMENT =
  'MALMOI_MODELS, MALMOI_MCP_TOKEN, MALMOI_TEAMS, MALMOI_TEAM_<NAME>_API_KEY|_TOKEN|_USER+_PASSWORD, MALMOI_FEEDBACK, HTTP_PROXY, HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, HF_ENDPOINT, HF_TOKEN';

export function helpOfAll(): string {
  const lines = COMMANDS.map(
    ({ name, operands, korean, english }) =>
      `  ${`malmoi ${name} ${operands}`.padEnd(44)} ${korean} / ${english}`,
  );
  return [
    '말모이(malmoi): 내 컴퓨터에서 한국어 문서를 뜻으로 찾습니다.',
    'Malmoi: search Korean documents by meaning, on your own machine.',
    '',
    ...lines,
    '',
    '명령마다 자세히 / more on a command: malmoi help COMMAND',
    '판 / version: malmoi --version',
    '',
    `환경 변수 / environment: ${ENVIRONMENT}`,
    '',
    '종료 코드 / exit code: 0, 1 (찾은 것 없음, 검사 실패, 취소 / nothing found, check failed, cancelled), 2 (사용법 또는 읽을 수 없는 입력 / usage or unreadable input)',
    '',
  ].join('\n');
}

export function helpOf({ name, operands, options, korean, english, notes }: CommandReference): string {
  const shown = options.map(option => {
    const { korean: own, english: translated, ...rest } = OPTIONS[option];
    const values = 'values' in rest ? ` (${rest.values.join(', ')})` : '';
    return `  ${written(option).padEnd(24)} ${own} / ${translated}${values}`;
  });
  return [
    `${korean} / ${english}`,
    '',
    `  malmoi ${name}${operands === '' ? '' : ` ${operands}`}${options.length === 0 ? '' : ' [options]'}`,
    ...(shown.length === 0 ? [] : ['', ...shown]),
    ...(notes === undefined ? [] : ['', ...notes]),
    '',
  ].join('\n');
}
