/** The command line or its input is invalid: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
