/** The folder the tests work on: a copy of the sample notes under a path that breaks careless code. */
import fs from 'node:fs';
import path from 'node:path';
import { copySampleNotes } from './sampleNotes.ts';

export interface TestWorkspace {
  readonly notes: string;
  /** A workspace file: folders can be added to it without a restart of the extension host. */
  readonly file: string;
}

export function makeWorkspace(parent: string): TestWorkspace {
  const notes = path.join(parent, '내 노트 🗂 100% #1');
  copySampleNotes(notes);
  const file = path.join(parent, '시험.code-workspace');
  fs.writeFileSync(file, JSON.stringify({ folders: [{ path: notes }] }));
  return { notes, file };
}
