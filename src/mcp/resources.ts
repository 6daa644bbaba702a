/** Documents as resources: `malmoi://folder/path` gives the text that the reader made of the file. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import {
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  McpError,
  ReadResourceRequestSchema,
  type ListResourcesResult,
  type ReadResourceResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { DocumentText } from '../domain/document.ts';
import { AgentError, problemText } from './agentError.ts';
import { paragraphs } from './answers/answer.ts';
import { readCursor, writeCursor } from './answers/cursor.ts';
import { reasonText } from '../wording/fileState.ts';
import { quotationOf, quoted, quotedLine } from './answers/quotation.ts';
import { TOKENS } from './answers/budget.ts';
import { withinTokens } from './answers/tokens.ts';
import type { Desk } from './desk.ts';
import type { Say } from '../wording/language.ts';

const SCHEME = 'malmoi://';
const TEMPLATE = `${SCHEME}{folder}/{+path}`;
/** Number of resources on a page of the list. */
const PAGE = 200;
const LIST = ['resources'];

export function uriOf(label: string, file: string): string {
  return SCHEME + [label, ...file.split('/')].map(encodeURIComponent).join('/');
}

/** null where the URI is not such an address. Its file is looked up in the engine's list, so `..` leads nowhere. */
export function readUri(uri: string): { readonly label: string; readonly file: string } | null {
  if (!uri.startsWith(SCHEME)) return null;
  const [label = '', ...file] = uri.slice(SCHEME.length).split('/');
  try {
    return { label: decodeURIComponent(label), file: file.map(decodeURIComponent).join('/') };
  } catch {
    return null;
  }
}

/**
 * Registers handlers without the SDK's registry, whose list has no pages: a folder may have a hundred
 * thousand documents.
 */
export function registerResources({ server }: McpServer, desk: Desk): void {
  server.registerCapabilities({ resources: {} });
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [
      {
        name: 'document',
        title: desk.say('문서', 'Document'),
        uriTemplate: TEMPLATE,
        description: desk.say(
          '열린 폴더의 문서를 글로(HWP, PDF 등도). 길면 앞부분만; 일부만 볼 때는 read_passage가 낫습니다.',
          'A document of an open folder as text (HWP, PDF and others too); its beginning where it is long. Prefer read_passage for a part.',
        ),
        mimeType: 'text/plain',
      },
    ],
  }));
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }, { signal }) =>
    listResources(desk, params?.cursor, signal),
  );
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }, { signal }) => {
    try {
      return await readResource(desk, params.uri, signal);
    } catch (error) {
      if (!(error instanceof AgentError)) throw error;
      throw new McpError(ErrorCode.InvalidParams, problemText(error.problem, desk.say));
    }
  });
}

async function listResources(
  { access, folders, say }: Desk,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<ListResourcesResult> {
  const offset = cursor === undefined ? 0 : readCursor(LIST, cursor);
  if (offset === null)
    throw new McpError(ErrorCode.InvalidParams, problemText({ code: 'unknownCursor' }, say));
  const engine = await access.ready(signal);
  const rows = (await engine.ledger({ signal })).filter(({ state }) => state === 'indexed');
  const resources = rows.slice(offset, offset + PAGE).map(({ folder, path }) => ({
    uri: uriOf(folders.labelOf(folder), path),
    name: quotedLine(path),
    mimeType: 'text/plain',
  }));
  const next = offset + PAGE;
  return { resources, ...(next < rows.length ? { nextCursor: writeCursor(LIST, next) } : {}) };
}

async function readResource(desk: Desk, uri: string, signal: AbortSignal): Promise<ReadResourceResult> {
  const { access, folders, say } = desk;
  const named = readUri(uri);
  const folder = named === null ? undefined : folders.all.find(({ label }) => label === named.label);
  if (named === null || folder === undefined) throw new AgentError({ code: 'unknownUri', uri });
  const engine = await access.ready(signal);
  const document = await engine.document({ folder: folder.path, file: named.file }, { signal });
  const name = `${named.label}/${named.file}`;
  if (!('problem' in document))
    return { contents: [{ uri, mimeType: 'text/plain', text: textOf(document, name, say) }] };
  if (document.problem === 'vanished') throw new AgentError({ code: 'unknownUri', uri });
  const text = `${quotedLine(name)}: ${reasonText(document.problem, say)}`;
  return { contents: [{ uri, mimeType: 'text/plain', text }] };
}

function textOf(document: Exclude<DocumentText, { problem: unknown }>, name: string, say: Say): string {
  const text = quoted(document.text);
  const shown = withinTokens(text, TOKENS.most);
  const isCut = document.isCut || shown.length < text.length;
  const quotation = quotationOf([shown, name], say);
  return paragraphs(
    quotation.notice,
    quotation.wrap(`${quotedLine(name)}\n${shown}`),
    isCut
      ? say(
          '문서가 길어 앞부분만 옮겼습니다. 나머지는 outline과 read_passage로 읽으세요.',
          'The document is long; this is its beginning. Read the rest with outline and read_passage.',
        )
      : null,
  );
}
