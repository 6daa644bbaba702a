/** A process with a watchdog: `stuck` never answers again; `ended` is stuck for a while once nobody watches; else it says "alive" whenever something arrives. */
import { startWatchdog } from '../../src/rpc/watchdog.ts';

const stop = startWatchdog(new URL('../../src/rpc/watchdogWorker.ts', import.meta.url), {
  tick: 50,
  patience: 8,
});
process.stdin.on('data', () => process.stdout.write('alive\n'));
process.stdout.write('started\n');
if (process.argv[2] === 'ended')
  setTimeout(() => {
    stop();
    // Longer than a watched process may be silent.
    for (const end = performance.now() + 1_500; performance.now() < end;);
    process.stdout.write('went on\n');
    process.stdin.destroy();
  }, 100);
if (process.argv[2] === 'stuck')
  setTimeout(() => {
    for (;;);
  }, 100);
