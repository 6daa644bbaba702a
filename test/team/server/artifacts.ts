/**
 * The jars of an OpenSearch node from Maven Central, checked by SHA-256 and kept outside the repository, and the test
 * node compiled against them. A machine with a mirror names it in MALMOI_MAVEN.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { openPromise } from 'yauzl';

const run = promisify(execFile);
const HERE = import.meta.dirname;
const CENTRAL = 'https://repo1.maven.org/maven2';
const AT_ONCE = 8;
const TRIES = 4;

const Artifact = v.object({ path: v.string(), sha256: v.string() });
const Lock = v.object({ compiler: Artifact, security: Artifact, node: v.array(Artifact) });
type Artifact = v.InferOutput<typeof Artifact>;

export interface NodeFiles {
  readonly classpath: string;
  /** The security plugin's configuration as it is shipped; null where it was not asked for. */
  readonly securityConfig: string | null;
}

/** Why this machine can't run an OpenSearch; null where it can. */
export async function missingJava(): Promise<string | null> {
  const found = await run('java', ['-version']).catch(() => null);
  const major = Number(/version "(\d+)/.exec(found?.stderr ?? '')?.[1] ?? 0);
  return major >= 17 ? null : 'no Java 17 or later';
}

/** All that is missing is downloaded. Rejects where a file is not the one that was locked. */
export async function nodeFiles(withSecurity: boolean): Promise<NodeFiles> {
  const lock = v.parse(Lock, JSON.parse(await readFile(path.join(HERE, 'artifacts.json'), 'utf8')));
  const cache = process.env['MALMOI_TEST_CACHE'] ?? path.join(os.homedir(), '.cache', 'malmoi-tests');
  const root = path.join(cache, 'opensearch-2.19.4');
  const wanted = [lock.compiler, ...lock.node, ...(withSecurity ? [lock.security] : [])];
  const queue = [...wanted];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.pop(); next !== undefined; next = queue.pop()) await fetched(root, next);
    }),
  );
  const jars = lock.node.map(({ path: name }) => path.join(root, name));
  const classes = await compiled(root, path.join(root, lock.compiler.path), jars);
  const security = withSecurity ? await unpacked(root, lock.security) : null;
  const known = new Set(jars.map(artifactOf));
  const more =
    security === null
      ? []
      : (await readdir(security))
          .filter(name => name.endsWith('.jar') && !known.has(artifactOf(name)))
          .map(name => path.join(security, name));
  return {
    classpath: [classes, ...jars, ...more].join(path.delimiter),
    securityConfig: security && path.join(security, 'config'),
  };
}

/** A jar's name without its version. */
function artifactOf(file: string): string {
  return path.basename(file).replace(/-\d[^/]*\.jar$/, '');
}

async function fetched(root: string, { path: name, sha256 }: Artifact): Promise<void> {
  const target = path.join(root, name);
  if (existsSync(target)) return;
  const url = `${process.env['MALMOI_MAVEN'] ?? CENTRAL}/${name}`;
  const bytes = await downloaded(url);
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found !== sha256) throw new Error(`${url} is another file than the one that was locked`);
  await placed(target, bytes);
}

async function downloaded(url: string): Promise<Uint8Array> {
  for (let attempt = 1; ; attempt++)
    try {
      const answer = await fetch(url);
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise(resolve => setTimeout(resolve, 1_000 * attempt));
    }
}

/** Another run may do the same at the same time. */
async function placed(target: string, bytes: Uint8Array): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const part = `${target}.${process.pid}.part`;
  await writeFile(part, bytes);
  await rename(part, target);
}

/** A runtime alone has no compiler: Eclipse's is a jar. */
async function compiled(root: string, compiler: string, jars: readonly string[]): Promise<string> {
  const source = path.join(HERE, 'TestNode.java');
  const hash = createHash('sha256')
    .update(await readFile(source))
    .digest('hex');
  const classes = path.join(root, `classes-${hash.slice(0, 12)}`);
  if (existsSync(path.join(classes, 'TestNode.class'))) return classes;
  const classpath = jars.join(path.delimiter);
  const options = ['-jar', compiler, '--release', '17', '-nowarn', '-cp', classpath, '-d', classes, source];
  await run('java', options);
  return classes;
}

async function unpacked(root: string, { path: name }: Artifact): Promise<string> {
  const folder = path.join(root, 'security');
  const done = path.join(folder, 'done');
  if (existsSync(done)) return folder;
  const zip = await openPromise(path.join(root, name), { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/') || entry.fileName.startsWith('tools/')) continue;
    const parts: Uint8Array[] = [];
    for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Uint8Array);
    await placed(path.join(folder, entry.fileName), Buffer.concat(parts));
  }
  await writeFile(done, '');
  return folder;
}
