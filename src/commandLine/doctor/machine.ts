/** Whether this machine has what an index and a model need. Pure: the facts are given. */
import { fine, warning, wrong, type Check } from './check.ts';

export interface MachineFacts {
  /** `20.11.1` */
  readonly node: string;
  readonly platform: string;
  readonly architecture: string;
  /** `limit` is in bytes. */
  readonly memory: number;
  readonly cores: number;
  /** Files that a process may have open; null where the system does not say. */
  readonly openFiles: number | null;
  /** Folders that this user may watch (Linux); null elsewhere. */
  readonly watches: number | null;
}

const OLDEST_NODE = 18;
/** Bytes: the embedded model, the index of a large folder and the editor beside them. */
const LITTLE_MEMORY = 2 * 1024 ** 3;
/** An index has some dozens of files open. */
const FEW_FILES = 128;
/** The editor and the command line watch every folder; the kernel's old default was 8,192. */
const FEW_WATCHES = 16_384;

export function checkMachine(facts: MachineFacts): Check[] {
  const { node, platform, architecture, memory, cores, openFiles, watches } = facts;
  const gigabytes = `${(memory / 1024 ** 3).toFixed(1)} GB`;
  return [
    Number.parseInt(node, 10) >= OLDEST_NODE
      ? fine('node', `Node ${node}, ${platform}-${architecture}`)
      : wrong(
          'node',
          `Node ${node}`,
          `Node ${OLDEST_NODE} 이상이 필요합니다 / needs Node ${OLDEST_NODE} or newer`,
        ),
    memory >= LITTLE_MEMORY
      ? fine('memory', `${gigabytes}, ${cores} cores`)
      : warning(
          'memory',
          gigabytes,
          '큰 모델은 열리지 않을 수 있습니다. 들어 있는 모델을 쓰세요. / Large models may not open: keep to the embedded one.',
        ),
    ...(openFiles === null ? [] : [openFilesCheck(openFiles)]),
    ...(watches === null ? [] : [watchesCheck(watches)]),
  ];
}

function openFilesCheck(limit: number): Check {
  if (limit >= FEW_FILES) return fine('open files', String(limit));
  return warning('open files', String(limit), 'ulimit -n 1024');
}

function watchesCheck(limit: number): Check {
  if (limit >= FEW_WATCHES) return fine('watches', String(limit));
  return warning(
    'watches',
    String(limit),
    '폴더가 많으면 바뀐 파일을 늦게 압니다 / changes in large folders are noticed late: sudo sysctl fs.inotify.max_user_watches=524288',
  );
}
