/** Reports changes on disk, for processes that have no editor to do it. */
import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type { Disposable } from '../domain/engine.ts';

/** Milliseconds within which changes on disk are handled together. */
const DELAY = 200;

export function watchFolders(
  folders: readonly string[],
  onChanged: (paths: readonly string[]) => void,
  onFailed: (error: unknown) => void = error => {
    throw error;
  },
): Disposable {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.flatMap(folder => {
    try {
      const watcher = watch(folder, { recursive: true }, (_, name) => {
        if (name === null) return;
        changed.add(path.join(folder, name));
        timer ??= setTimeout(() => {
          timer = undefined;
          onChanged([...changed]);
          changed.clear();
        }, DELAY);
      });
      watcher.on('error', onFailed);
      return [watcher];
    } catch (error) {
      // Node 18 can't watch a folder recursively on Linux, and a system may have no watches left.
      onFailed(error);
      return [] as FSWatcher[];
    }
  });
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
