/** Runs the suite in the extension host of a code-server window. */
import path from 'node:path';
import { format } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from './browser.ts';
import { ensureCodeServer, startCodeServer, windowUrl } from './codeServer.ts';
import { repository, shots } from './paths.ts';
import type { SuiteRun } from './suiteRun.ts';

export async function runInCodeServer(run: SuiteRun, say: (line: string) => void): Promise<void> {
  const server = await startCodeServer({
    package: ensureCodeServer(say),
    data: run.data,
    settings: run.settings,
    extension: 'development',
    language: 'ko',
    environment: {
      MALMOI_TEST_RESULT: run.result,
      MALMOI_TEST_NOTES: run.workspace.notes,
      MALMOI_REPOSITORY: repository,
    },
  });
  const window = await openBrowser(say);
  try {
    const ended = new Promise<'ended'>(resolve => {
      void window.page.exposeFunction('codeAutomationExit', () => resolve('ended'));
    });
    await window.page.exposeFunction('codeAutomationLog', (_: string, args: readonly unknown[]) => {
      const line = format(...args);
      if (!isWorkbenchNoise(line)) console.log(line);
    });
    await window.page.goto(
      windowUrl(server, run.workspace.file, { extension: repository, tests: run.suite }),
    );
    if (
      (await Promise.race([ended, sleep(run.minutes * 60_000, 'late' as const, { ref: false })])) === 'late'
    ) {
      await window.page.screenshot({ path: path.join(shots, 'suite-timeout.png') });
      throw new Error(`the suite did not end within ${run.minutes} minutes`);
    }
  } finally {
    await window.browser.close();
    await server.stop();
  }
}

/** The server is installed without its native modules and says so at length. */
function isWorkbenchNoise(line: string): boolean {
  return /spdlog|native-watchdog|open-vsx\.org|github|connection token|reconnection|[Ss]ocket|AccountPolicy|AgentHost|Service Worker|builtin extensions/.test(
    line,
  );
}
