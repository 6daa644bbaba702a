/** A process with a watchdog: `stuck` never answers again; else it says "alive" whenever something arrives. */
import { startWatchdog } from '../../src/rpc/watchdog.ts';

startWatchdog(new URL('../../src/rpc/watchdogWorker.ts', import.meta.url), { tick: 50, patience: 8 });
process.stdin.on('data', () => process.stdout.write('alive\n'));
process.stdout.write('started\n');
if (process.argv[2] === 'stuck')
  setTimeout(() => {
    for (;;);
  }, 100);
