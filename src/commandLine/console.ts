import { createInterface } from 'node:readline/promises';
import { visible, visibleJson, visibleLines } from '../text/visible.ts';

/**
 * Output of the command line: data goes to stdout, progress and messages to stderr. Nothing that is printed
 * can steer the terminal.
 */
export interface Console {
  readonly print: (line: string) => void;
  /** Data for programs, on one line. */
  readonly json: (value: unknown) => void;
  readonly message: (line: string) => void;
  /** One line that replaces itself; '' clears it. Prints nothing where stderr is not a terminal. */
  readonly progress: (line: string) => void;
}

// `malmoi … | head` closes our output: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const terminal: Console = {
  print: line => void process.stdout.write(`${visibleLines(line)}\n`),
  json: value => void process.stdout.write(`${visibleJson(value)}\n`),
  message: line => void process.stderr.write(`${visibleLines(line)}\n`),
  progress: line => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${visible(line)}`);
  },
};

/** Asks yes or no; null where nobody sits at the terminal. The end of input means no. */
export const askTerminal =
  process.stdin.isTTY && process.stderr.isTTY
    ? async (question: string): Promise<boolean> => {
        const lines = createInterface({ input: process.stdin, output: process.stderr });
        const answer = await Promise.race([
          lines.question(visibleLines(question)),
          new Promise<string>(resolve => lines.once('close', () => resolve(''))),
        ]);
        lines.close();
        return /^\s*(?:y|yes|예|네|ㅇ|ㅛ)\s*$/i.test(answer);
      }
    : null;
