/** The second half of `npm run try`: a window on a folder with the built extension in it, until Ctrl+C. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureCodeServer, startCodeServer, windowUrl } from './codeServer.ts';
import { cache, repository } from './paths.ts';
import { copySampleNotes } from './sampleNotes.ts';

const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? '';
const english = locale !== '' && !/^(ko|C|POSIX)/i.test(locale);
const say = (korean: string, inEnglish: string): void => console.error(english ? inEnglish : korean);

const folder = process.argv[2] ?? sampleFolder();
const code = installedCode();
/** Closes what was opened; null for a program of its own. */
export let closed: (() => Promise<void>) | null = null;
if (code !== null) openDesktop(code);
else closed = await openInBrowser();

/** A copy, so that edits while trying leave the repository alone. Made once, kept. */
function sampleFolder(): string {
  const target = path.join(cache, '맛보기 노트');
  if (!fs.existsSync(target)) copySampleNotes(target);
  return target;
}

/** The command of an installed VS Code, or null. MALMOI_TRY=browser passes over it. */
function installedCode(): string | null {
  if (process.env['MALMOI_TRY'] === 'browser') return null;
  for (const name of ['code', 'code-insiders', 'codium']) {
    const { status } = spawnSync(name, ['--version'], {
      shell: process.platform === 'win32',
      timeout: 20_000,
    });
    if (status === 0) return name;
  }
  return null;
}

function openDesktop(name: string): void {
  const args = [`--extensionDevelopmentPath=${repository}`, '--new-window', folder];
  const { status } = spawnSync(name, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    say(`${name} 을(를) 열지 못했습니다.`, `${name} could not be opened.`);
    process.exitCode = 1;
    return;
  }
  say(
    `VS Code에서 열었습니다: ${folder}\n명령 팔레트(F1)에서 “말모이: 검색”을 고르세요.`,
    `Opened in VS Code: ${folder}\nChoose “Malmoi: Search” in the command palette (F1).`,
  );
}

async function openInBrowser(): Promise<(() => Promise<void>) | null> {
  if (process.platform === 'win32') {
    say(
      'VS Code를 찾지 못했습니다. https://code.visualstudio.com 에서 설치한 뒤 다시 해 보세요.',
      'VS Code was not found. Install it from https://code.visualstudio.com and try again.',
    );
    process.exitCode = 1;
    return null;
  }
  const server = await startCodeServer({
    package: ensureCodeServer(line => console.error(line)),
    data: path.join(cache, 'try-data'),
    extension: { folder: repository },
    language: english ? 'en' : 'ko',
    settings: teamSettings(),
  });
  const url = windowUrl(server, fs.realpathSync(folder));
  say(
    `\n브라우저에서 여세요(끝내려면 Ctrl+C):\n\n  ${url}\n\n폴더: ${folder}\n명령 팔레트(F1)에서 “말모이: 검색”을 고르거나, 왼쪽의 그릇 아이콘을 누르세요.`,
    `\nOpen in a browser (Ctrl+C to end):\n\n  ${url}\n\nFolder: ${folder}\nChoose “Malmoi: Search” in the command palette (F1), or click the bowl on the left.`,
  );
  openBrowserWindow(url);
  const close = (): Promise<void> => server.stop();
  // `npm run team:try` has more to close, and does it itself.
  if (process.env['MALMOI_TRY_TEAM'] === undefined) {
    const stop = (): void => void close().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  }
  return close;
}

/** `npm run team:try` names the server that it has started. */
function teamSettings(): Readonly<Record<string, unknown>> {
  const servers = process.env['MALMOI_TRY_TEAM'];
  return servers === undefined ? {} : { 'malmoi.team.servers': JSON.parse(servers) as unknown };
}

/** Only where there is a desktop; its failure is no failure. */
function openBrowserWindow(url: string): void {
  const linux = process.env['DISPLAY'] !== undefined || process.env['WAYLAND_DISPLAY'] !== undefined;
  const command = process.platform === 'darwin' ? 'open' : linux ? 'xdg-open' : null;
  if (command === null || os.platform() === 'win32') return;
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
