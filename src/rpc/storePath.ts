/** The folder of the indexes by default: the cache folder of this user on this machine. */
import envPaths from 'env-paths';

export function defaultStorePath(): string {
  return envPaths('malmoi', { suffix: '' }).cache;
}
