/** Serves the client that started this process, over standard input and output. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Longest message of a client, in bytes. */
const LONGEST_MESSAGE = 4 * 1024 * 1024;

/** Resolves when the client has gone, or when `asked` resolves; then nothing keeps the process alive. */
export async function serveStdio(server: McpServer, asked: Promise<void>): Promise<void> {
  const gone = new Promise<void>(resolve => {
    // The transport also closes where a message was too long.
    Object.assign(server.server, { onclose: resolve });
    // The transport itself does not report that its input has ended.
    process.stdin.once('end', resolve);
    process.stdin.once('close', resolve);
  });
  await server.connect(
    new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: LONGEST_MESSAGE }),
  );
  await Promise.race([gone, asked]);
  await server.close();
}
