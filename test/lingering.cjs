/**
 * Ends a test run that something keeps alive, and names what does: a thread, socket or process that a test left behind
 * is a fault of that test, and must neither hang the run nor stay unseen.
 */
const GRACE = 15_000;

exports.mochaHooks = {
  afterAll() {
    // It keeps nothing alive itself, so it fires only where something else does. Mocha has set the code by then.
    setTimeout(() => {
      process.stderr.write(
        `Still alive after the last test: ${process.getActiveResourcesInfo().join(', ')}\n`,
      );
      const others = process._getActiveHandles().filter(({ fd }) => !(fd <= 2));
      for (const handle of others) process.stderr.write(` - ${described(handle)}\n`);
      process.exit();
    }, GRACE).unref();
  },
};

function described(handle) {
  const { spawnargs, pid, remoteAddress, remotePort, listening, fd } = handle;
  const known = { spawnargs, pid, remoteAddress, remotePort, listening, fd };
  return `${handle.constructor?.name ?? 'unknown'} ${JSON.stringify(known)}`;
}
