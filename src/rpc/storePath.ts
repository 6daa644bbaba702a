/** Where indexes live unless the user says otherwise: the cache folder of this user on this machine. */
import envPaths from 'env-paths';

export function defaultStorePath(): string {
  return envPaths('malmoi', { suffix: '' }).cache;
}
