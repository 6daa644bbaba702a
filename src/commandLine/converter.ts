/** The converter that the commands use: as many threads as the engine takes. */
import { convertCheckpoint } from '../model/convert/convertCheckpoint.ts';
import type { Converter } from '../model/store/converter.ts';
import { encoderThreads } from '../workspace/encoderPlan.ts';

export const convertOnThisMachine: Converter = request =>
  convertCheckpoint({ ...request, threads: encoderThreads() });
