/** A program that answers each line with one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class LineProcess {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#lines = createInterface({ input: this.#process.stdout! })[Symbol.asyncIterator]();
  }

  get pid(): number {
    return this.#process.pid!;
  }

  async line(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done === true) throw new Error(`${this.#process.spawnfile} ended`);
    return value;
  }

  ask(line: string): Promise<string> {
    this.#process.stdin!.write(`${line}\n`);
    return this.line();
  }

  async close(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.stdin!.end();
    if (this.#process.exitCode === null) await ended;
  }
}
