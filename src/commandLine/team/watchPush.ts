/** Pushes a folder again whenever something in it changes, and goes on when the server was away. */
import { TeamFault } from '../../team/client/teamFault.ts';
import { watchFolders } from '../watchFolders.ts';

export interface WatchOptions {
  /** Absolute path. */
  readonly folder: string;
  /** Brings the server up to date with the folder; what it rejects with and may pass is tried again. */
  readonly push: () => Promise<void>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Milliseconds within which changes are pushed together. */
  readonly settle?: number;
  /** Milliseconds after which the folder is compared without an event: on some disks events get lost. */
  readonly relist?: number;
}

const SETTLE = 2_000;
const RELIST = 10 * 60_000;
/** Milliseconds before a server that is away is asked again. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

function nothing(): void {
  // Nobody waits yet.
}

/** The first push is part of it: what changes meanwhile is pushed by the next. Resolves when the signal is aborted. */
export async function watchPush(options: WatchOptions): Promise<void> {
  const { folder, push, say, signal, settle = SETTLE, relist = RELIST } = options;
  let isChanged = true;
  let wake = nothing;
  const changed = (): void => {
    isChanged = true;
    wake();
  };
  const unwatched = (error: unknown): void =>
    say(
      `변경을 바로 알 수 없어 ${Math.round(relist / 60_000)}분마다 살펴봅니다. / Changes are not reported here, so the folder is compared every ${Math.round(relist / 60_000)} minutes: ${(error as Error).message}`,
    );
  const watching = watchFolders([folder], changed, unwatched);
  const timer = setInterval(changed, relist);
  const stop = (): void => wake();
  signal.addEventListener('abort', stop, { once: true });
  const waited = (limit: number): Promise<void> =>
    new Promise(resolve => {
      const end = setTimeout(resolve, limit);
      wake = () => {
        if (!signal.aborted) return;
        clearTimeout(end);
        resolve();
      };
      wake();
    });
  let pause = 0;
  let said: string | null = null;
  try {
    while (!signal.aborted) {
      if (!isChanged)
        await new Promise<void>(resolve => {
          wake = resolve;
        });
      // The first push waits for nothing.
      if (said !== null || pause > 0) await waited(Math.max(settle, pause));
      if (signal.aborted) break;
      isChanged = false;
      try {
        await push();
        if (said === null) say('변경을 지켜봅니다. Ctrl+C로 멈춥니다. / Watching for changes; Ctrl+C stops.');
        else if (pause > 0) say('서버가 다시 답합니다. / The server answers again.');
        [said, pause] = ['', 0];
      } catch (error) {
        if (!(error instanceof TeamFault) || !error.isPassing) throw error;
        // An outage is one line, however long it takes.
        if (said !== error.message) say(`서버를 기다립니다 / waiting for the server: ${error.message}`);
        said = error.message;
        pause = Math.min(Math.max(FIRST_PAUSE, 2 * pause), LONGEST_PAUSE);
        isChanged = true;
      }
    }
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
    watching.dispose();
  }
}
