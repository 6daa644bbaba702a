/** The converter that the commands use. */
import type { Converter } from '../model/store/converter.ts';
import { UserError } from '../rpc/userError.ts';

/** Throws `UserError` `modelUnsupported`: this build has no converter; models that are converted already install. */
export const convertCheckpoint: Converter = ({ checkpoint }) =>
  Promise.reject(new UserError('modelUnsupported', checkpoint));
