import { spawnSync } from 'node:child_process';

/** Runs npm, wherever it is, with its output on stderr. Throws when it fails. */
export function npm(args: readonly string[], cwd: string): void {
  const script = process.env['npm_execpath'];
  const [command, first] =
    script?.endsWith('.js') === true
      ? [process.execPath, [script]]
      : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []];
  const { status, error } = spawnSync(command, [...first, ...args], {
    cwd,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${cwd}`);
}
