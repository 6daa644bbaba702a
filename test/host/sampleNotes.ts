/**
 * Copies the sample notes of test/fixtures/notes: twelve short documents of our own, one of them in CP949
 * (생활/전세-계약.txt), one with Windows line ends. The copy of 생활/독서-노트.md gets the decomposed name
 * (NFD) that macOS writes: kept composed in the repository, because Git on macOS can't hold the other form.
 */
import fs from 'node:fs';
import path from 'node:path';
import { DECOMPOSED } from './decomposed.ts';
import { repository } from './paths.ts';

export function copySampleNotes(target: string): void {
  fs.cpSync(path.join(repository, 'test', 'fixtures', 'notes'), target, { recursive: true });
  const composed = path.join(target, ...DECOMPOSED.split('/'));
  const bytes = fs.readFileSync(composed);
  fs.rmSync(composed);
  fs.writeFileSync(path.join(path.dirname(composed), path.basename(composed).normalize('NFD')), bytes);
}
