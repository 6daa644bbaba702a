/** When documents may be worked on, and how hard: pauses, the battery, the person's share of the processor. */
import { DEFAULT_INDEXING, type IndexingSettings } from '../../domain/indexing.ts';
import { BatteryWatch } from './battery.ts';
import { Gate } from './gate.ts';
import { ProcessorShare } from './processorShare.ts';

export interface IndexingControlPorts {
  /** Default: as the machine says. */
  readonly onBattery?: (() => Promise<boolean | null>) | undefined;
  /** Work goes on after a rest, or rests. */
  readonly onChanged: (goesOn: boolean) => void;
}

export class IndexingControl {
  readonly share = new ProcessorShare();
  readonly #gate = new Gate();
  /** Closed while the machine runs on its battery and the person wants it spared. */
  readonly #power = new Gate();
  readonly #battery: BatteryWatch;

  constructor({ onBattery, onChanged }: IndexingControlPorts) {
    this.share.wanted = DEFAULT_INDEXING.share;
    this.#battery = new BatteryWatch(now => {
      if (now) this.#power.close();
      else this.#power.open();
      onChanged(!now);
    }, onBattery);
  }

  /** As the person has set it, the last of all windows. */
  set({ share, pauseOnBattery }: IndexingSettings): void {
    this.share.wanted = Math.min(1, Math.max(0.1, share));
    if (pauseOnBattery) this.#battery.start();
    else this.#battery.stop();
  }

  pause(): void {
    this.#gate.close();
  }

  resume(): void {
    this.#gate.open();
  }

  get isPaused(): boolean {
    return this.#gate.closed;
  }

  /** The second stage is held up by the battery. */
  get isOnBattery(): boolean {
    return this.#power.closed;
  }

  /** Resolves while anything may be done. */
  mayGoOn(signal: AbortSignal): Promise<void> {
    return this.#gate.pass(signal);
  }

  /** Resolves while the model may be used. */
  async mayEncode(signal: AbortSignal): Promise<void> {
    await this.#power.pass(signal);
    await this.#gate.pass(signal);
  }

  close(): void {
    this.#battery.stop();
  }
}
