/**
 * The tool `status`: the size of the index, the progress of indexing, and the files that could not be read,
 * with reasons.
 */
import type { EngineStatus } from '../../domain/engineStatus.ts';
import type { FileReason, FileState, LedgerEntry } from '../../domain/ledger.ts';
import type { OpenFolder } from '../openFolders.ts';
import type { Say } from '../../wording/language.ts';
import { indexingText, paragraphs, type Answer, type Indexing } from './answer.ts';
import { reasonText, stateText } from '../../wording/fileState.ts';
import { quotationOf, quotedLine, quotedName } from './quotation.ts';

export interface FileTrouble {
  readonly folder: string;
  readonly file: string;
  readonly state: FileState;
  readonly reason: FileReason | null;
}

export interface StatusFields {
  readonly activity: EngineStatus['activity'];
  /** Files that are found by letters and by meaning, of `total`; and those that are found by letters at least. */
  readonly done: number;
  readonly total: number;
  readonly read: number;
  /** Why no meaning is added at the moment; null where it is, or nothing is left to do. */
  readonly resting: 'battery' | null;
  readonly secondsLeft: number | null;
  readonly documents: number;
  readonly passages: number;
  readonly failed: number;
  readonly skipped: number;
  readonly model: string | null;
  readonly problem: string | null;
  readonly folders: readonly { readonly label: string; readonly path: string; readonly indexed: number }[];
  /** The first of the files that have no text in the index; failed ones come first. */
  readonly troubles: readonly FileTrouble[];
  readonly troublesLeft: number;
  readonly boundary: string;
}

const MOST_TROUBLES = 20;
const ORDER: readonly FileState[] = ['failed', 'waiting', 'skipped', 'indexed'];

export function answerStatus(
  status: EngineStatus,
  indexing: Indexing | null,
  ledger: readonly LedgerEntry[],
  folders: readonly OpenFolder[],
  say: Say,
): Answer<StatusFields> {
  const labels = new Map(folders.map(({ path, label }) => [path, label]));
  const rows = ledger
    .filter(({ state, reason }) => state !== 'indexed' && reason !== 'ignored' && reason !== 'link')
    .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  const troubles = rows.slice(0, MOST_TROUBLES).map(({ folder, path, state, reason }) => ({
    folder: labels.get(folder) ?? '',
    file: quotedName(path),
    state,
    reason,
  }));
  const quotation = quotationOf(
    troubles.map(({ file }) => file),
    say,
  );
  const {
    activity,
    done,
    total,
    read,
    resting = null,
    secondsLeft,
    documents,
    passages,
    failed,
    skipped,
    model,
    problem,
  } = status;
  const fields: StatusFields = {
    // The engine is about to list the folders.
    activity: activity === 'idle' && indexing !== null ? 'scanning' : activity,
    done,
    total,
    read,
    resting,
    secondsLeft,
    documents,
    passages,
    failed,
    skipped,
    model: model?.name ?? null,
    problem: problem === null ? null : quotedLine(problem),
    folders: folders.map(({ label, path }) => ({
      label,
      path: quotedName(path),
      indexed: ledger.filter(({ folder, state }) => folder === path && state === 'indexed').length,
    })),
    troubles,
    troublesLeft: rows.length - troubles.length,
    boundary: quotation.boundary,
  };
  const lines = troubles.map(({ folder, file, state, reason }) => {
    const why = reason === null ? '' : `: ${reasonText(reason, say)}`;
    return `${quotedLine(`${folder}/${file}`)} · ${stateText(state, say)}${why}`;
  });
  const text = paragraphs(
    indexing === null ? null : indexingText(indexing, say),
    done === total
      ? null
      : say(
          `글자 ${read}/${total} · 뜻 ${done}/${total}`,
          `by letters ${read}/${total} · by meaning ${done}/${total}`,
        ),
    resting === null
      ? null
      : say('배터리로 돌아가는 동안 뜻은 더하지 않습니다.', 'On the battery, no meaning is added.'),
    say(
      `문서 ${documents} · 문단 ${passages} · 실패 ${failed} · 제외 ${skipped} · 모델 ${fields.model ?? '-'}`,
      `documents ${documents} · passages ${passages} · failed ${failed} · left out ${skipped} · model ${fields.model ?? '-'}`,
    ),
    fields.folders.map(each => `- ${each.label}: ${quotedLine(each.path)} (${each.indexed})`).join('\n'),
    fields.problem,
    lines.length === 0 ? null : quotation.notice,
    lines.length === 0 ? null : quotation.wrap(lines.join('\n')),
  );
  return { fields, text };
}
