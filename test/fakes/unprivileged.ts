/** Runs something as a user who may not read everything (root may, so it steps down meanwhile). */
const NOBODY = 65_534;

export async function unprivileged<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid!(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
