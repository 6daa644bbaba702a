import type { EngineStatus } from '../../../src/domain/engineStatus.ts';
import { fill, type Numbers } from '../format.ts';
import type { PanelText } from '../text.ts';

/** The state of the index in a few words. */
export function statusLine(status: EngineStatus, text: PanelText, numbers: Numbers): string {
  const done = numbers.count(status.done);
  const total = numbers.count(status.total);
  switch (status.activity) {
    case 'starting':
      return text.statusStarting;
    case 'scanning':
      return fill(text.statusScanning, total);
    case 'indexing':
      return indexing(status, text, numbers);
    case 'paused':
      return fill(text.statusPaused, done, total);
    case 'failed':
      return text.statusFailed;
    case 'idle':
      break;
  }
  return status.failed > 0
    ? fill(text.statusIdleFailed, numbers.count(status.documents), numbers.count(status.failed))
    : fill(text.statusIdle, numbers.count(status.documents));
}

function indexing(status: EngineStatus, text: PanelText, numbers: Numbers): string {
  const { secondsLeft: seconds, model } = status;
  const [done, read, total] = [status.done, status.read, status.total].map(numbers.count) as [
    string,
    string,
    string,
  ];
  const counts =
    model === null ? fill(text.statusIndexing, done, total) : fill(text.statusStages, read, done, total);
  if (seconds === null || !Number.isFinite(seconds)) return counts;
  if (seconds < 45) return fill(text.statusSoon, counts);
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 90) return fill(text.statusMinutes, counts, numbers.count(minutes));
  return fill(text.statusHours, counts, numbers.count(Math.round(minutes / 60)));
}
