/** Small files that are old or new, whatever happens meanwhile. */
import { open, rename, rm } from 'node:fs/promises';

/** Writes beside `file`, makes it durable, then gives it its name. Throws what the file system throws. */
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
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
