/** Runs the suite in a desktop VS Code: an installed one (MALMOI_VSCODE) or one that is downloaded. */
import { runTests } from '@vscode/test-electron';
import fs from 'node:fs';
import path from 'node:path';
import { repository } from './paths.ts';
import type { SuiteRun } from './suiteRun.ts';

export async function runInElectron(run: SuiteRun): Promise<void> {
  const user = path.join(run.data, 'User');
  fs.mkdirSync(user, { recursive: true });
  fs.writeFileSync(path.join(user, 'settings.json'), JSON.stringify(run.settings));
  const installed = process.env['MALMOI_VSCODE'];
  await runTests({
    ...(installed === undefined ? { version: 'stable' } : { vscodeExecutablePath: installed }),
    extensionDevelopmentPath: repository,
    extensionTestsPath: run.suite,
    launchArgs: [
      run.workspace.file,
      '--disable-extensions',
      '--disable-workspace-trust',
      `--user-data-dir=${run.data}`,
      '--locale=ko',
    ],
    extensionTestsEnv: { MALMOI_TEST_RESULT: run.result, MALMOI_TEST_NOTES: run.workspace.notes },
  }).catch((error: unknown) => {
    // A failing test makes VS Code exit with an error; the result file says which one.
    if (!fs.existsSync(run.result)) throw error;
  });
}
