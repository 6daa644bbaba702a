import type { TestWorkspace } from './workspace.ts';

/** One run of the suite inside an extension host. */
export interface SuiteRun {
  readonly workspace: TestWorkspace;
  /** User data of the VS Code. */
  readonly data: string;
  /** Where the suite writes its result. */
  readonly result: string;
  /** The bundled suite. */
  readonly suite: string;
  /** Minutes that it may take. */
  readonly minutes: number;
  readonly settings: Readonly<Record<string, unknown>>;
}
