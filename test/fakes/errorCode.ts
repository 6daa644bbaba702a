import { UserError } from '../../src/errors/userError.ts';

/** Code of the `UserError` that `work` rejects with; 'fine' if it does not, else what else it was. */
export function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fine',
    (error: unknown) => (error instanceof UserError ? error.code : String(error)),
  );
}
