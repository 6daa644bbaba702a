/** Data goes to stdout, progress and messages to stderr. */
export interface Console {
  readonly print: (line: string) => void;
  readonly message: (line: string) => void;
  /** One line that replaces itself; '' clears it. Nothing where stderr is no terminal. */
  readonly progress: (line: string) => void;
}

// `malmoi … | head` closes our output: that is the reader's right, not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const terminal: Console = {
  print: line => void process.stdout.write(`${line}\n`),
  message: line => void process.stderr.write(`${line}\n`),
  progress: line => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${line}`);
  },
};
