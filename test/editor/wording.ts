import fs from 'node:fs';
import path from 'node:path';
import type { Wording } from '../../src/editor/models/modelText.ts';
import type { Translate } from '../../src/editor/translate.ts';
import type { EngineStatus, ModelJob } from '../../src/domain/engineStatus.ts';

const bundle = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '..', '..', 'l10n', 'bundle.l10n.ko.json'), 'utf8'),
) as Readonly<Record<string, string>>;

/** The window's Korean, without a window. */
export const korean: Translate = (message, ...args) =>
  (bundle[message] ?? `(?) ${message}`).replaceAll(/\{(\d)\}/g, (_, index: string) =>
    String(args[Number(index)]),
  );

export const number = (value: number): string => value.toLocaleString('ko');

export const status = (fields: Partial<EngineStatus>): EngineStatus => ({
  activity: 'idle',
  done: 0,
  total: 0,
  read: 0,
  documents: 0,
  passages: 0,
  bytes: 0,
  failed: 0,
  skipped: 0,
  tokensPerSecond: 0,
  secondsLeft: null,
  model: null,
  switching: null,
  job: null,
  problem: null,
  ...fields,
});

export const wording: Wording = {
  t: korean,
  number,
  languageName: code => new Intl.DisplayNames('ko', { type: 'language' }).of(code) ?? code,
};

export const downloadJob = (fields: Partial<ModelJob>): ModelJob => ({
  kind: 'download',
  name: 'telepix/PIXIE-Splade-Preview',
  step: 'download',
  done: 0,
  total: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  ...fields,
});
