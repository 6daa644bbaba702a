/** Composition root of the engine process: forked by a window, shared by all, ends with its last client. */
import type net from 'node:net';
import path from 'node:path';
import { EncoderPool } from './model/encoderPool.ts';
import { InstalledModels, modelsPath } from './model/store/installedModels.ts';
import { ReaderThread } from './readers/readerThread.ts';
import { claim } from './rpc/endpoint.ts';
import { Server } from './rpc/serve.ts';
import { startWatchdog } from './rpc/watchdog.ts';
import { encoderPlan } from './workspace/indexing/encoderPlan.ts';
import { openScorer } from './workspace/openScorer.ts';
import { Library } from './workspace/library.ts';
import { ModelCatalogue } from './workspace/models/modelCatalogue.ts';
import { ServingModel } from './workspace/models/servingModel.ts';
import { visibleLines } from './text/visible.ts';

interface EngineSettings {
  readonly storePath: string;
  readonly modelPath: string | null;
  /** `modelPath` was asked for by name: nobody may change it. */
  readonly modelFixed: boolean;
  readonly language: string;
  readonly version: string;
}

/** A window that forks us and dies before it connects must not leave us behind. */
const FIRST_CLIENT_WAIT = 30_000;
/** A window that reloads comes back within this time and finds the model still loaded. */
const LAST_CLIENT_WAIT = 5_000;
const END_WAIT = 3_000;

async function main(settings: EngineSettings): Promise<void> {
  startWatchdog(path.join(__dirname, 'watchdog.js'));
  const { storePath, language, version } = settings;
  const installed = new InstalledModels(modelsPath(), path.join(__dirname, '..', 'media', 'model'));
  const modelPath = settings.modelPath ?? (await installed.resolve(null));
  const paths = async (): Promise<readonly string[]> => (await installed.list()).map(model => model.path);
  const library = new Library({
    storePath,
    modelPath,
    // A model that the settings name answers from the start; one that was selected, when its indexes are whole.
    serving: settings.modelPath === null ? new ServingModel(storePath, paths) : null,
    scorer: await openScorer(__dirname),
    language,
    openEncoder: folder =>
      new EncoderPool(path.join(__dirname, 'modelWorker.js'), folder, encoderPlan(folder.manifest)),
    openReader: (folder, rules) =>
      new ReaderThread(path.join(__dirname, 'readerWorker.js'), { folder, rules }),
    log: line => server.log(line),
  });
  const models = new ModelCatalogue({
    installed,
    library,
    storePath,
    language,
    installer: path.join(__dirname, 'modelInstaller.js'),
    fixed: settings.modelFixed ? settings.modelPath : null,
    environment: process.env,
  });
  let socket: net.Server | null = null;
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    server.leave();
    // The index is durable at every moment: nothing is lost by not waiting for a stuck thread.
    setTimeout(() => process.exit(0), END_WAIT).unref();
    // A model on its way in is cancelled: what is downloaded stays for the next time.
    void Promise.all([library.close(), models.close()]).finally(() => {
      // Only now: whoever listens at the address is the store's only writer.
      server.hangUp();
      socket?.close();
      process.exit(0);
    });
  };
  let timer = setTimeout(end, FIRST_CLIENT_WAIT);
  const server = new Server({
    library,
    models,
    version,
    language,
    onClients: count => {
      clearTimeout(timer);
      if (count === 0) timer = setTimeout(end, LAST_CLIENT_WAIT);
    },
    onShutdown: end,
  });
  socket = await claim(storePath, client => server.connect(client));
  // Another window's engine was faster: our window will find it.
  if (socket === null) process.exit(0);
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
