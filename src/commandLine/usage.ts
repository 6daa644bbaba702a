/** What the command line takes. */
export const USAGE = `말모이(malmoi): 내 컴퓨터에서 한국어 문서를 뜻으로 찾습니다.
Malmoi: search Korean documents by meaning, on your own machine.

  malmoi index DIR [--watch]               색인을 새로 고침 / bring the index up to date
               [--follow-symlinks | --no-follow-symlinks]  링크: 기본은 DIR 안만 / links: by default those inside DIR
  malmoi search DIR QUERY [-k 10] [--channel hybrid|semantic|lexical] [--explain] [--json] [--far]
                [--path 폴더|GLOB] [--ext md,txt] [--after 2026-01-01] [--before 2026-07-01]
                [--glossary FILE]        같은 말을 적은 파일 (기본 DIR/.malmoi/glossary.txt) / terms that mean the same
                QUERY: "정확한 구" -제외 +필수 ~-뜻제외 예산^2 path:회의 ext:md heading:예산 after:7d before:2026-07 수정:지난주
                       (빼기로 시작하면 / to begin with -: -- DIR QUERY)
  malmoi status DIR [--json]               색인 현황 / the ledger
  malmoi why DIR FILE QUERY [--json]       그 파일이 왜 나오거나 안 나오는지 / why a file is, or is not, found
  malmoi verify DIR [--json]               색인의 모든 체크섬 검사 / check every checksum and invariant of the index
  malmoi mcp DIR… [--http PORT [--token T]]  에이전트용 MCP 서버(표준 입출력, 또는 이 컴퓨터 안의 HTTP)
                                           MCP server for agents, over stdio, or HTTP on this machine only
  malmoi encode [--kind query|passage] < texts.jsonl > vectors.jsonl
  malmoi eval BEIR_DIR [--channel hybrid|semantic|lexical] [--json]
  malmoi feedback export DIR OUT           표시한 맞음·아님을 BEIR 폴더로 / what you marked, as a BEIR folder for eval
  malmoi feedback clear DIR                표시한 것을 지움 / forget what you marked
  malmoi team add NAME URL [--index I] [--ca FILE] [--map SOURCE=DIR] [--link URL]   팀 서버를 적어 둠 / note a team server
  malmoi team list | remove NAME
  malmoi team push DIR --to NAME [--watch] [--source S] [--shards N] [--replicas N] [--plain-terms] [--take-over]
                                           폴더의 문서를 팀 색인에 올림 / push a folder's documents into the team's index
  malmoi team switch NAME [--force]        팀이 찾는 색인을 이 모델의 것으로 / let the team search this model's index
  malmoi team forget NAME SOURCE | clean NAME INDEX     올린 폴더를, 쓰지 않는 색인을 지움 / remove a folder, an old index
  malmoi model list [--json]               설치된 모델 / installed models
  malmoi model download NAME [--yes] [--mirror URL] [--name N] [--quantisation Q]
  malmoi model import PATH [--name N] [--quantisation Q]     폴더, .zip, .tar(.gz), 나뉜 파일 / folder, archive, split archive
  malmoi model convert CHECKPOINT_DIR OUT [--name N] [--quantisation Q]
  malmoi model use NAME | remove NAME | verify [NAME]

  --store DIR         색인 저장 위치 / where indexes live
  --model DIR|NAME    모델 폴더나 설치된 모델의 이름 / model folder, or name of an installed model
  --quantisation Q    auto, fp32, w8, u8, s7, s4

환경 변수 / environment: MALMOI_MODELS, MALMOI_MCP_TOKEN, MALMOI_TEAMS, MALMOI_TEAM_NAME_API_KEY|_TOKEN|_USER+_PASSWORD, MALMOI_FEEDBACK, HTTP_PROXY, HTTPS_PROXY, NO_PROXY, NODE_EXTRA_CA_CERTS, HF_ENDPOINT, HF_TOKEN

종료 코드 / exit code: 0, 1 (찾은 것 없음, 검사 실패, 취소 / nothing found, check failed, cancelled), 2 (사용법 또는 읽을 수 없는 입력 / usage or unreadable input)
`;

/** The command line or its input is wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
