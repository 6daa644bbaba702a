/** The glossaries of the open folders; faults in one are logged once. */
import type { FolderOptions } from '../domain/folder.ts';
import { pathInside } from '../platform/pathInside.ts';
import { PLATFORM, type Platform } from '../platform/platform.ts';
import { faultOf, glossaryPath, linesOfGlossary, readGlossary, type GlossaryFile } from './glossaryFile.ts';

export interface GlossariesParts {
  readonly folders: () => Iterable<FolderOptions>;
  /** Default: the system that this process runs on. */
  readonly platform?: Platform;
  readonly onFault: () => void;
  readonly log: (line: string) => void;
}

export class Glossaries {
  readonly #parts: GlossariesParts;
  #fault: string | null = null;
  #lines = '';

  constructor(parts: GlossariesParts) {
    this.#parts = parts;
  }

  /** The place of a fault, for a sentence; null where there is none. */
  get fault(): string | null {
    return this.#fault;
  }

  get #paths(): ReadonlySet<string> {
    return new Set(Array.from(this.#parts.folders(), folder => glossaryPath(folder, this.#parts.platform)));
  }

  /** Whether a glossary is among these files. */
  isAmong(files: readonly string[]): boolean {
    const { platform = PLATFORM } = this.#parts;
    const paths = [...this.#paths];
    // The editor writes `c:\` in events, and the settings may have any case.
    return files.some(file =>
      paths.some(glossary => pathInside(glossary, platform.path.resolve(file), platform) === ''),
    );
  }

  async read(): Promise<readonly GlossaryFile[]> {
    const glossaries = await Promise.all([...this.#paths].map(readGlossary));
    const lines = glossaries.flatMap(linesOfGlossary);
    // Faults are logged once, not each time that an index changes.
    if (lines.join() !== this.#lines) for (const line of lines) this.#parts.log(line);
    this.#lines = lines.join();
    const fault = glossaries.map(faultOf).find(found => found !== null) ?? null;
    if (fault !== this.#fault) {
      this.#fault = fault;
      this.#parts.onFault();
    }
    return glossaries;
  }
}
