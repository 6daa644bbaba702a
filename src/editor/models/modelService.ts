/** The requests of the window to the engine about models. */
import type { EngineClient } from '../../rpc/engineClient.ts';

export type ModelService = Pick<
  EngineClient,
  | 'listModels'
  | 'hubListing'
  | 'downloadModel'
  | 'importModel'
  | 'cancelModelJob'
  | 'useModel'
  | 'removeModel'
>;
