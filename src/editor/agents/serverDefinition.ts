/** The definition with which an agent of the window starts the server for its folders. Pure. */
import type { StdioServer } from './newerApi.ts';

export interface ServerSettings {
  readonly label: string;
  /** The runtime of this process, usually the editor's own, which acts as Node when told to. */
  readonly runtime: string;
  /** Path of `dist/cli.js`. */
  readonly program: string;
  readonly folders: readonly string[];
  readonly storePath: string | null;
  readonly modelPath: string | null;
  /** The window's language: `ko`, `en`, … */
  readonly language: string;
  readonly version: string;
}

/** null where there is no folder to search. */
export function serverDefinition(settings: ServerSettings): StdioServer | null {
  const { label, runtime, program, folders, storePath, modelPath, language, version } = settings;
  if (folders.length === 0) return null;
  const store = storePath === null ? [] : ['--store', storePath];
  const model = modelPath === null ? [] : ['--model', modelPath];
  return {
    label,
    command: runtime,
    // A folder's name may look like an option.
    args: [program, 'mcp', ...store, ...model, '--', ...folders],
    env: { ELECTRON_RUN_AS_NODE: '1', LC_ALL: language.startsWith('ko') ? 'ko_KR.UTF-8' : 'en_US.UTF-8' },
    // VS Code asks the server for its tools again when this changes.
    version: `${version}+${folders.length}`,
  };
}
