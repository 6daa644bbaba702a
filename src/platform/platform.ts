/** The rules of an operating system that paths, files and sockets follow here. Tests run under each system's rules. */
import path from 'node:path';

export interface Platform {
  readonly path: path.PlatformPath;
  /**
   * A process that has a file open may keep others from renaming, replacing or removing it for a moment (virus
   * scanners and indexers do): EPERM, EACCES or EBUSY, where other systems mean it for good.
   */
  readonly locksOpenFiles: boolean;
  /** Owner and mode bits say who may look into a file, and a folder can be synced; Windows has access lists instead. */
  readonly hasModeBits: boolean;
  /** Processes meet at a named pipe, which is in no folder. */
  readonly hasNamedPipes: boolean;
}

export const WINDOWS: Platform = {
  path: path.win32,
  locksOpenFiles: true,
  hasModeBits: false,
  hasNamedPipes: true,
};

/** Linux, macOS and the like. */
export const POSIX: Platform = {
  path: path.posix,
  locksOpenFiles: false,
  hasModeBits: true,
  hasNamedPipes: false,
};

export function platformOf(name: NodeJS.Platform): Platform {
  return name === 'win32' ? WINDOWS : POSIX;
}

/** The system that this process runs on. */
export const PLATFORM = platformOf(process.platform);
