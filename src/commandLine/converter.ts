/** The converter and the probe that the commands use, with as many threads as the engine takes. */
import { convertCheckpoint } from '../model/convert/convertCheckpoint.ts';
import { probeModel } from '../model/probeModel.ts';
import type { Converter, ModelProbe } from '../model/store/converter.ts';
import { encoderThreads } from '../workspace/indexing/encoderPlan.ts';

export const convertOnThisMachine: Converter = request =>
  convertCheckpoint({ ...request, threads: encoderThreads() });

export const probeOnThisMachine: ModelProbe = folder => probeModel(folder, encoderThreads());
