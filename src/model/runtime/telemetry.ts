/**
 * onnxruntime's native library sends what it does to its makers (on Linux and macOS, since 1.29), and keeps an
 * identifier of the machine for it, unless this variable stands in the environment when it is loaded. Nothing of ours
 * may leave the machine.
 */
import { isMainThread } from 'node:worker_threads';

const OPT_OUT = 'ORT_DISABLE_TELEMETRY';

/**
 * For the main thread, before a thread is started that will load the library: a thread's environment is a copy, which
 * the library does not see.
 */
export function refuseTelemetry(): void {
  process.env[OPT_OUT] = '1';
}

/** Throws in a thread whose process has not refused: the library must not be loaded then. */
export function assertTelemetryRefused(): void {
  if (isMainThread) refuseTelemetry();
  else if (process.env[OPT_OUT] !== '1') throw new Error(`${OPT_OUT} is not set in this process`);
}
