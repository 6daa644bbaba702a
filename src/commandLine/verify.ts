/** The command `verify` checks whether every index of a folder is sound. It needs no model and disturbs no engine. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../errors/userError.ts';
import { FileStore } from '../workspace/files/fileStore.ts';
import { indexesPlace } from '../workspace/files/indexPlace.ts';
import { verifyIndex, type VerifiedIndex } from '../workspace/files/verifyIndex.ts';
import type { Arguments } from './arguments.ts';
import type { Console } from './console.ts';
import { UsageError } from './usage.ts';

export async function runVerify(args: Arguments, storePath: string, console: Console): Promise<number> {
  const folder = path.resolve(args.operands[0]!);
  const place = await indexesPlace(storePath, folder).catch((error: unknown) => {
    throw new UserError('folderUnreadable', folder, { cause: error });
  });
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  const indexes: ({ readonly name: string } & VerifiedIndex)[] = [];
  for (const entry of entries) {
    if (!entry.isDirectory()) continue;
    const found = await verifyIndex(await FileStore.open(path.join(place, entry.name)));
    if (found !== null) indexes.push({ name: entry.name, ...found });
  }
  if (indexes.length === 0)
    throw new UsageError(
      `아직 색인이 없습니다. 먼저 malmoi index ${args.operands[0]!} 를 실행하세요. / No index yet: run malmoi index first.`,
    );
  if (args.json) console.json({ indexes });
  else for (const index of indexes) console.print(linesOf(index));
  return indexes.every(({ damage }) => damage.length === 0) ? 0 : 1;
}

function linesOf({
  name,
  files,
  passages,
  bytes,
  damage,
}: { readonly name: string } & VerifiedIndex): string {
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  const state = damage.length === 0 ? '이상 없음 / sound' : '손상 / damaged';
  const head = `${name}  파일 ${files} · 문단 ${passages} · ${size} · ${state}`;
  return [head, ...damage.map(line => `      ${line}`)].join('\n');
}
