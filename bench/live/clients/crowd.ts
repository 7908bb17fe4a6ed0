import { setTimeout as wait } from 'node:timers/promises';
import type { CaughtUp, CrowdCounts, CrowdOpened } from './crowd-questions.ts';
import { LiveClient } from './live-client.ts';

/** Ages kept for the percentiles; beyond that every further one is left out. */
const keptAges = 4_000_000;
const lookEveryMs = 5;

/** All clients of a run, and what they have seen together. */
export class Crowd {
  #clients: LiveClient[] = [];
  #open = 0;
  #lost = 0;
  #firstFailure: string | undefined;
  #doubles = 0;
  #holes = 0;
  #deliveries = 0;
  readonly #ages = new Float32Array(keptAges);
  #startedAt = performance.now();
  #cpuAtStart = process.cpuUsage();

  /** Opens clients, a bounded number at a time, until there are `count`. */
  async open(port: number, count: number, atOnce: number, deadlineMs: number): Promise<CrowdOpened> {
    const startedAt = performance.now();
    while (this.#open + this.#lost < count && performance.now() - startedAt < deadlineMs) {
      const room = atOnce - (this.#clients.length - this.#open - this.#lost);
      for (let next = 0; next < room && this.#clients.length < count; next++) this.#add().open(port);
      await wait(lookEveryMs);
    }
    return this.#opened(startedAt);
  }

  begin(): void {
    this.#startedAt = performance.now();
    this.#cpuAtStart = process.cpuUsage();
    this.#deliveries = 0;
    this.#doubles = 0;
    this.#holes = 0;
    for (const client of this.#clients) client.isLate = false;
  }

  counts(): CrowdCounts {
    const ages = this.#ages.slice(0, Math.min(this.#deliveries, keptAges)).sort();
    const at = (share: number) => ages[Math.min(ages.length - 1, Math.floor(ages.length * share))] ?? Number.NaN;
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    return {
      seconds: (performance.now() - this.#startedAt) / 1_000,
      deliveries: this.#deliveries,
      p50Ms: at(0.5),
      p99Ms: at(0.99),
      maxMs: ages.at(-1) ?? Number.NaN,
      doubles: this.#doubles,
      holes: this.#holes,
      late: this.#clients.filter(({ isLate }) => isLate).length,
      lost: this.#lost,
      open: this.#open,
      cpuSeconds: (user + system) / 1e6,
      firstFailure: this.#firstFailure,
    };
  }

  async catchUp(sequence: number, deadlineMs: number): Promise<CaughtUp> {
    const startedAt = performance.now();
    const count = () => this.#clients.filter((client) => client.sequence >= sequence).length;
    while (count() < this.#clients.length && performance.now() - startedAt < deadlineMs) await wait(lookEveryMs);
    return { caughtUp: count(), seconds: (performance.now() - startedAt) / 1_000 };
  }

  cut(): void {
    for (const client of this.#clients) client.cut();
    this.#open = 0;
  }

  /** All at once, each from its cursor; answers when all have had the event. */
  async reopen(port: number, sequence: number, deadlineMs: number): Promise<CaughtUp> {
    for (const client of this.#clients) client.open(port);
    return this.catchUp(sequence, deadlineMs);
  }

  close(): void {
    this.cut();
    this.#clients = [];
    this.#lost = 0;
    this.#firstFailure = undefined;
  }

  #add(): LiveClient {
    const client = new LiveClient({
      delivered: (ageMs) => {
        if (this.#deliveries < keptAges) this.#ages[this.#deliveries] = ageMs;
        this.#deliveries++;
      },
      doubled: () => void this.#doubles++,
      missed: () => void this.#holes++,
      began: () => void this.#open++,
      failed: (reason) => {
        this.#lost++;
        this.#firstFailure ??= reason;
      },
    });
    this.#clients.push(client);
    return client;
  }

  #opened(startedAt: number): CrowdOpened {
    const seconds = (performance.now() - startedAt) / 1_000;
    return { open: this.#open, seconds, firstFailure: this.#firstFailure };
  }
}
