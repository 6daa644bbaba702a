/** Ends the servers with the run. */
import { stopNodes } from './server/shared.ts';

export const mochaHooks = { afterAll: stopNodes };
