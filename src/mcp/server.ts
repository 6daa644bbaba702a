/** An MCP server for one client: the tools and resources over the engine that all clients share. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { Desk } from './desk.ts';
import { registerResources } from './resources.ts';
import { instructionsIn } from './tools/descriptions.ts';
import { registerTools } from './tools/register.ts';

/** Maximum number of values in the arguments of a call; no tool takes as many. */
const MOST_VALUES = 200;

export function serverFor(desk: Desk, version: string): McpServer {
  const server = new McpServer(
    { name: 'malmoi', title: desk.say('말모이', 'Malmoi'), version },
    { instructions: instructionsIn(desk.say), maxToolInputElements: MOST_VALUES },
  );
  registerTools(server, desk);
  registerResources(server, desk);
  return server;
}
