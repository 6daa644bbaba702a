/** Programs with networking cut off, or watched for what they reach: by tools of Linux. */
import { spawn, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A network of its own with the loopback interface alone. */
const NAMESPACE = ['unshare', '--net', '--map-root-user'];
const LOOPBACK = 'ip link set lo up && exec "$@"';

/** The command line that runs `program` where there is no network. */
export function cutOff(program: readonly string[]): readonly string[] {
  return [...NAMESPACE, 'sh', '-c', LOOPBACK, 'sh', ...program];
}

/** False where the system lacks the tools, or forbids a network of one's own. */
export function canCutOff(): boolean {
  return runs(cutOff(['true']));
}

export function canTrace(): boolean {
  return runs(['strace', '-f', '-qq', '-e', 'trace=socket,connect', '-o', '/dev/null', 'true']);
}

function runs([program, ...args]: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync(program!, args, { stdio: 'ignore' }).status === 0;
}

export function run(
  [program, ...args]: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    let [out, err] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', code => resolve({ code: code ?? -1, out, err }));
  });
}

export interface Traced extends Outcome {
  /** Calls that make or connect a socket of the internet, as strace writes them. */
  readonly internet: readonly string[];
  /** All other sockets: a trace that sees none has seen nothing. */
  readonly local: readonly string[];
}

/** Runs it, and what it starts, under strace; `file` takes the trace. */
export async function traced(
  program: readonly string[],
  file: string,
  environment?: NodeJS.ProcessEnv,
): Promise<Traced> {
  const strace = ['strace', '-f', '-qq', '-e', 'trace=socket,connect', '-o', file];
  const outcome = await run([...strace, ...program], environment);
  const calls = (await readFile(file, 'utf8'))
    .split('\n')
    .filter(line => /\b(?:socket|connect)\(/.test(line));
  const isInternet = (call: string): boolean => /AF_INET6?\b/.test(call);
  return {
    ...outcome,
    internet: calls.filter(isInternet),
    local: calls.filter(call => !isInternet(call)),
  };
}
