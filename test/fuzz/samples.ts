/** Files to damage: real documents where they are at hand, else the fixtures and what tests build. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { BUILT } from './builtSamples.ts';

export interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const ROOT = path.join(import.meta.dirname, '../..');
const FIXTURES = path.join(ROOT, 'test/fixtures/documents');
/** `MALMOI_DOCUMENTS` names another folder. */
const DOCUMENTS = process.env['MALMOI_DOCUMENTS'] ?? path.join(ROOT, '../shared/documents');
const MAX_BYTES = 1024 * 1024;

/** All samples with an extension (`docx`), from real documents if there are any. */
export function samplesOf(format: string): readonly Sample[] {
  const real = existsSync(DOCUMENTS) ? filesIn(DOCUMENTS, `.${format}`) : [];
  return real.length > 0 ? real : smallSamplesOf(format);
}

/** Of fixtures and of what tests build: the same on every machine. */
export function smallSamplesOf(format: string): readonly Sample[] {
  const built = BUILT[format]?.() ?? [];
  return [
    ...filesIn(FIXTURES, `.${format}`),
    ...built.map(bytes => ({ name: `built.${format}`, bytes: Uint8Array.from(bytes) })),
  ];
}

function filesIn(folder: string, extension: string): Sample[] {
  return readdirSync(folder)
    .sort()
    .flatMap(name => {
      const file = path.join(folder, name);
      const found = statSync(file);
      if (found.isDirectory()) return filesIn(file, extension);
      if (!name.toLowerCase().endsWith(extension) || found.size > MAX_BYTES) return [];
      return [{ name: file, bytes: Uint8Array.from(readFileSync(file)) }];
    });
}
