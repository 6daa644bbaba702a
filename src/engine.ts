/**
 * Composition root of the engine process, which is forked by a window, shared by all, and ends with its last
 * client.
 */
import path from 'node:path';
import { hostEngine } from './engine/hostEngine.ts';
import { InstalledModels, modelsPath } from './model/store/installedModels.ts';
import { visibleLines } from './text/visible.ts';

interface EngineSettings {
  readonly storePath: string;
  readonly modelPath: string | null;
  /** True where `modelPath` was asked for by name, so that no client may change the model. */
  readonly modelFixed: boolean;
  readonly language: string;
  readonly version: string;
}

/**
 * Milliseconds to wait for the first client: a window that forks us and dies before it connects must not
 * leave us behind.
 */
const FIRST_CLIENT_WAIT = 30_000;
/**
 * Milliseconds to wait after the last client: a window that reloads comes back within this time and finds the
 * model still loaded.
 */
const LAST_CLIENT_WAIT = 5_000;
const END_WAIT = 3_000;

async function main(settings: EngineSettings): Promise<void> {
  const { storePath, language, version } = settings;
  const installed = new InstalledModels(modelsPath(), path.join(__dirname, '..', 'media', 'model'));
  const modelPath = settings.modelPath ?? (await installed.resolve(null));
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    // The index is durable at every moment, so nothing is lost by not waiting for a stuck thread.
    setTimeout(() => process.exit(0), END_WAIT).unref();
    // A model job is cancelled; the downloaded part stays for the next time.
    void host?.end().finally(() => process.exit(0));
  };
  let timer = setTimeout(end, FIRST_CLIENT_WAIT);
  const host = await hostEngine({
    storePath,
    modelPath,
    modelFixed: settings.modelFixed && settings.modelPath !== null,
    // A model that the settings name answers from the start; a selected one answers when its indexes are
    // complete.
    keepsServing: settings.modelPath === null,
    installed,
    version,
    language,
    programs: __dirname,
    onClients: count => {
      clearTimeout(timer);
      if (count === 0) timer = setTimeout(end, LAST_CLIENT_WAIT);
    },
    onShutdown: end,
  });
  // Another window's engine was faster, and our window will find it.
  if (host === null) process.exit(0);
}

// The window that forked us may be gone when we write to it.
process.stderr.on('error', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('unhandledRejection', error => {
  process.stderr.write(
    `${visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exit(1);
});
main(JSON.parse(process.argv[2] ?? '{}') as EngineSettings).catch((error: unknown) => {
  process.stderr.write(
    `${visibleLines(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
  process.exit(1);
});
