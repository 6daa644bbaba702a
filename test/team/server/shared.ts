/** One server for all tests of a run, started by the first that asks for it; its time to start is said. */
import { missingJava, nodeFiles } from './artifacts.ts';
import { OpenSearchNode, type NodeOptions } from './openSearch.ts';

const nodes = new Map<string, Promise<OpenSearchNode>>();

/** Skips the tests of a suite, by name, where this machine can't run a server. With MALMOI_SERVER=required it must. */
export function needsServer(suite: Mocha.Suite, options: NodeOptions = {}): () => Promise<OpenSearchNode> {
  suite.timeout(120_000);
  suite.beforeAll('starts OpenSearch', async function () {
    const isRequired = process.env['MALMOI_SERVER'] === 'required';
    if ((await missingJava()) !== null && !isRequired) this.skip();
    try {
      await nodeFiles(options.security === true);
    } catch (error) {
      if (isRequired) throw error;
      console.log(`OpenSearch cannot be had here: ${String(error)}`);
      this.skip();
    }
    await node();
  });
  const node = (): Promise<OpenSearchNode> => sharedNode(options);
  return node;
}

export function sharedNode(options: NodeOptions = {}): Promise<OpenSearchNode> {
  const key = JSON.stringify(options);
  let node = nodes.get(key);
  if (node === undefined) {
    const started = performance.now();
    node = OpenSearchNode.start(options).then(running => {
      const kind = options.security === true ? 'OpenSearch with TLS and users' : 'OpenSearch';
      console.log(`${kind} ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
      return running;
    });
    nodes.set(key, node);
  }
  return node;
}

export async function stopNodes(): Promise<void> {
  for (const node of nodes.values()) await (await node.catch(() => null))?.stop();
  nodes.clear();
}
