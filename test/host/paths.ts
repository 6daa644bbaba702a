import path from 'node:path';

export const repository = path.resolve(import.meta.dirname, '..', '..');
/** Downloads: kept between runs, never committed. */
export const cache = path.join(repository, '.vscode-test');
export const shots = path.join(repository, 'out', 'shots');
/** Pictures of the README and the walkthrough: committed, and made by `npm run pictures`. */
export const pictures = path.join(repository, 'media', 'walkthrough');
export const suiteOutput = path.join(repository, 'out', 'host');
