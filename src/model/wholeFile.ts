/** Writes small files atomically: they have their old or their new content, whatever happens meanwhile. */
import { open, rm } from 'node:fs/promises';
import { patientRename } from '../platform/patience.ts';

/** Writes beside `file`, makes it durable, and then renames it. Throws the file system's errors. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await patientRename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
