/** Decides when documents may be worked on, and how hard: pauses, the battery, the person's share of the processor. */
import { DEFAULT_INDEXING, type IndexingSettings } from '../../domain/indexing.ts';
import { BatteryWatch } from './battery.ts';
import { Gate } from './gate.ts';
import { ProcessorShare } from './processorShare.ts';

export interface IndexingControlPorts {
  /** Default: asks the machine. */
  readonly onBattery?: (() => Promise<boolean | null>) | undefined;
  /** Work resumes after a rest, or rests. */
  readonly onChanged: (goesOn: boolean) => void;
}

export class IndexingControl {
  readonly share = new ProcessorShare();
  readonly #gate = new Gate();
  /** Closed while the machine runs on its battery and the person wants to spare it. */
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

  /** The settings of the window that changed them last. */
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

  /** Whether the battery holds up the second stage. */
  get isOnBattery(): boolean {
    return this.#power.closed;
  }

  /** Resolves while work is allowed. */
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
