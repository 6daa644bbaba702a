/**
 * Whether the machine runs on its battery. Linux says so in files (sysfs-class-power), macOS by `pmset`; Windows only
 * to programs with native code, so it counts as plugged in there.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const POWER_SUPPLY = '/sys/class/power_supply';
const POLL = 20_000;
/** For `pmset`, which answers in some ten milliseconds. */
const PATIENCE = 2_000;

/** null where it can't be told. Never rejects. */
export async function isOnBattery(
  platform: NodeJS.Platform = process.platform,
  folder = POWER_SUPPLY,
): Promise<boolean | null> {
  if (platform === 'linux') return isDischarging(folder);
  return platform === 'darwin' ? drawsFromBattery(await pmset()) : null;
}

async function isDischarging(folder: string): Promise<boolean | null> {
  const names = await readdir(folder).catch((): string[] => []);
  let discharging: boolean | null = null;
  for (const name of names) {
    const read = (file: string): Promise<string> =>
      readFile(path.join(folder, name, file), 'utf8').then(
        text => text.trim(),
        () => '',
      );
    const type = await read('type');
    if (type !== 'Battery' && (await read('online')) === '1') return false;
    // A mouse or a headset has a battery, too; its scope is `Device`.
    if (type !== 'Battery' || (await read('scope')) === 'Device') continue;
    discharging = discharging === true || (await read('status')) === 'Discharging';
  }
  return discharging;
}

/** `Now drawing from 'Battery Power'`; null where it says something else. */
export function drawsFromBattery(answer: string): boolean | null {
  const source = /drawing from '(AC|Battery|UPS) Power'/.exec(answer)?.[1];
  return source === undefined ? null : source !== 'AC';
}

function pmset(): Promise<string> {
  return new Promise(resolve => {
    execFile('/usr/bin/pmset', ['-g', 'batt'], { timeout: PATIENCE }, (error, stdout) =>
      resolve(error === null ? stdout : ''),
    );
  });
}

/** Looks from time to time, and tells when it has changed. */
export class BatteryWatch {
  readonly #onChange: (onBattery: boolean) => void;
  readonly #look: () => Promise<boolean | null>;
  #timer: NodeJS.Timeout | undefined;
  #on = false;
  #was = false;

  constructor(onChange: (onBattery: boolean) => void, look: () => Promise<boolean | null> = isOnBattery) {
    this.#onChange = onChange;
    this.#look = look;
  }

  start(): void {
    if (this.#on) return;
    this.#on = true;
    void this.#turn();
  }

  /** Counts as plugged in from now on. */
  stop(): void {
    this.#on = false;
    clearTimeout(this.#timer);
    this.#tell(false);
  }

  async #turn(): Promise<void> {
    const now = (await this.#look()) === true;
    if (!this.#on) return;
    this.#tell(now);
    this.#timer = setTimeout(() => void this.#turn(), POLL);
    this.#timer.unref();
  }

  #tell(now: boolean): void {
    if (now === this.#was) return;
    this.#was = now;
    this.#onChange(now);
  }
}
