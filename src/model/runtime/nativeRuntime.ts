/** onnxruntime's own library, where there is one for this system and processor. */
import type { GraphOptions, RuntimeLoader } from './runtime.ts';
import type { InferenceSession } from 'onnxruntime-node';
import { sessionOptions } from './sessionOptions.ts';
import { assertTelemetryRefused } from './telemetry.ts';

export const loadNative: RuntimeLoader = async () => {
  assertTelemetryRefused();
  const { InferenceSession: Native, Tensor, env } = await import('onnxruntime-node');
  return {
    name: 'native',
    version: env.versions.node ?? env.versions.common,
    Tensor,
    open: (file: string, options: GraphOptions): Promise<InferenceSession> =>
      Native.create(file, {
        ...sessionOptions(options),
        executionProviders: ['cpu'],
        intraOpNumThreads: options.threads,
        interOpNumThreads: 1,
      }),
  };
};
