/** As much of `node:sqlite` as is used: it came after the Node whose types this project has. */
export interface Statement {
  run(...values: readonly (number | string)[]): unknown;
  all(...values: readonly (number | string)[]): unknown[];
}

export interface Database {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** `:memory:` or a file. */
export async function openDatabase(file: string): Promise<Database> {
  const name: string = 'node:sqlite';
  const { DatabaseSync } = (await import(name)) as { DatabaseSync: new (file: string) => Database };
  return new DatabaseSync(file);
}
