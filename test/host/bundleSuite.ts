/** Bundles a folder of test/host for the extension host; every `*.test.ts` in it is found, none is listed. */
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { suiteOutput } from './paths.ts';

/** The bundled entry file. */
export async function bundleSuite(folder: 'suite' | 'soak' | 'first'): Promise<string> {
  const source = path.join(import.meta.dirname, folder);
  fs.rmSync(suiteOutput, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: [
      path.join(import.meta.dirname, 'suite', 'index.ts'),
      ...fs
        .readdirSync(source)
        .filter(name => name.endsWith('.test.ts'))
        .map(name => path.join(source, name)),
    ].map(file => ({ in: file, out: path.basename(file, '.ts') })),
    outdir: suiteOutput,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return path.join(suiteOutput, 'index.js');
}
