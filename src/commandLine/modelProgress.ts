/** One line of progress about a model that is being installed. */
import type { InstallProgress } from '../model/store/installRequest.ts';

const STEPS: Readonly<Record<InstallProgress['step'], string>> = {
  download: '내려받기 / downloading',
  unpack: '압축 풀기 / unpacking',
  copy: '복사 / copying',
  weights: '변환 / converting',
  fidelity: '정확도 확인 / checking accuracy',
  checksums: '체크섬 / checksums',
};

export function progressLine(progress: InstallProgress): string {
  const { step, done, total } = progress;
  const percent = `${STEPS[step]} ${total === 0 ? 0 : Math.floor((done / total) * 100)}%`;
  if (progress.step !== 'download') return percent;
  const { bytesPerSecond, secondsLeft } = progress;
  const speed = bytesPerSecond === 0 ? '' : ` · ${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  const left = secondsLeft === null ? '' : ` · ${durationOf(secondsLeft)}`;
  return `${percent} · ${Math.floor(done / 1e6)}/${megabytes(total)}${speed}${left}`;
}

export function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e6).toFixed(2)} MB` : `${Math.ceil(bytes / 1e6)} MB`;
}

function durationOf(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
