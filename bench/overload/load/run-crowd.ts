import { setTimeout as wait } from 'node:timers/promises';
import { type Connection, openConnection } from '../../gateway/load/open-connection.ts';
import { type CallerClass, callerClasses, writeRequest } from '../classes.ts';
import { toWork, type Work } from '../work.ts';
import { type ClassResult, type CrowdSpec, patienceMs } from './crowd-spec.ts';

type Fate = 'useful' | 'refused' | 'late' | 'failed';

/** Plays some classes of callers for a window and says what became of them. */
export async function runCrowd(spec: CrowdSpec): Promise<readonly ClassResult[]> {
  const chosen = callerClasses.filter(({ name }) => spec.classes.includes(name));
  const classes = chosen.map((each) => new ClassOfCallers(each, spec));
  const opened = Date.now();
  const isClosedLoop = spec.way.kind === 'closed';
  const connections = spec.way.kind === 'closed' ? spec.way.connections : spec.way.connectionsEach;
  // In a closed loop a class has the share of the connections that it has of the operations.
  await Promise.all(
    classes.map((each) => each.open(isClosedLoop ? Math.round((connections * each.tenths) / 10) : connections)),
  );
  if (Date.now() - opened > 10_000) throw new Error('The connections took more than 10 s.');
  const stop = spec.way.kind === 'open' ? startRate(spec.way.perSecond, classes) : startClosed(classes);
  await wait(spec.warmUpSeconds * 1_000);
  for (const each of classes) each.isCounting = true;
  await wait(spec.seconds * 1_000);
  for (const each of classes) each.isCounting = false;
  await stop();
  // What became due in the window may be answered, in time, after it.
  await wait(patienceMs);
  return classes.map((each) => each.close());
}

function startClosed(classes: readonly ClassOfCallers[]): () => Promise<void> {
  for (const each of classes) each.askAgain();
  return async () => {
    for (const each of classes) each.isAskingAgain = false;
  };
}

/** Of ten operations as many are a class's as it says; as near to a steady rate as a timer of 1 ms allows. */
function startRate(perSecond: number, classes: readonly ClassOfCallers[]): () => Promise<void> {
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const passed = (performance.now() - startedAt) / 1_000;
    for (const each of classes) each.becomeDue(Math.floor((passed * perSecond * each.tenths) / 10));
  }, 1);
  return async () => clearInterval(timer);
}

class ClassOfCallers {
  isCounting = false;
  isAskingAgain = false;
  readonly tenths: number;
  readonly #caller: CallerClass;
  readonly #spec: CrowdSpec;
  readonly #work: Work;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: { readonly dueAt: number; readonly isCounted: boolean }[] = [];
  readonly #counts = { useful: 0, refused: 0, late: 0, failed: 0 };
  readonly #latenciesMs: number[] = [];
  #due = 0;
  #started = 0;
  #number: number;
  #firstFailure: string | undefined;

  constructor(caller: CallerClass, spec: CrowdSpec) {
    this.#caller = caller;
    this.#spec = spec;
    this.#work = toWork(spec.work);
    this.tenths = caller.tenths;
    this.#number = spec.first + 100_000 * callerClasses.indexOf(caller);
  }

  async open(connections: number): Promise<void> {
    await Promise.all(Array.from({ length: connections }, () => this.#connect()));
  }

  /** Every connection asks, and again with each answer. */
  askAgain(): void {
    this.isAskingAgain = true;
    for (const connection of this.#idle.splice(0)) this.#send(connection, performance.now(), this.#count());
  }

  /** So many in all have become due by now. */
  becomeDue(total: number): void {
    for (; this.#started < total; this.#started++) {
      const one = { dueAt: performance.now(), isCounted: this.#count() };
      // In turn: servers close a connection that nothing has been sent on for long.
      const connection = this.#idle.shift();
      if (connection !== undefined) this.#send(connection, one.dueAt, one.isCounted);
      else this.#waiting.push(one);
    }
  }

  close(): ClassResult {
    for (const connection of this.#all) connection.close();
    const { useful, refused, late, failed } = this.#counts;
    // What has neither been sent nor answered by now is late.
    const open = this.#due - useful - refused - late - failed;
    return {
      name: this.#caller.name,
      due: this.#due,
      useful,
      refused,
      late: late + open,
      failed,
      firstFailure: this.#firstFailure,
      latenciesMs: this.#latenciesMs,
    };
  }

  #count(): boolean {
    if (this.isCounting) this.#due++;
    return this.isCounting;
  }

  async #connect(): Promise<void> {
    const connection = await openConnection(this.#spec.port, (reason) => {
      this.#all.delete(connection);
      const index = this.#idle.indexOf(connection);
      if (index !== -1) this.#idle.splice(index, 1);
      this.#firstFailure ??= reason;
      // Whoever has lost its connection makes another.
      this.#connect().catch(() => undefined);
    });
    this.#all.add(connection);
    this.#release(connection);
  }

  #send(connection: Connection, dueAt: number, isCounted: boolean): void {
    connection.send(writeRequest(this.#caller, this.#work, this.#spec.tokens, this.#number++), (head, body) => {
      const tookMs = performance.now() - dueAt;
      if (isCounted) this.#settle(judge(head, body, tookMs), tookMs, head, body);
      this.#release(connection);
    });
  }

  #settle(fate: Fate, tookMs: number, head: string, body: Buffer): void {
    this.#counts[fate]++;
    if (fate === 'useful') this.#latenciesMs.push(tookMs);
    if (fate === 'failed') this.#firstFailure ??= `${head.split('\r\n', 1)[0]} ${body.subarray(0, 300).toString()}`;
  }

  #release(connection: Connection): void {
    if (this.isAskingAgain) {
      this.#send(connection, performance.now(), this.#count());
      return;
    }
    // Who has waited for a connection for too long has left: what is not sent costs nothing, and is late all the same.
    let next = this.#waiting.shift();
    while (next !== undefined && performance.now() - next.dueAt > patienceMs) {
      if (next.isCounted) this.#counts.late++;
      next = this.#waiting.shift();
    }
    if (next === undefined) this.#idle.push(connection);
    else this.#send(connection, next.dueAt, next.isCounted);
  }
}

function judge(head: string, body: Buffer, tookMs: number): Fate {
  if (head.startsWith('HTTP/1.1 503') && /\r\nretry-after: \d/i.test(head)) return 'refused';
  if (!head.startsWith('HTTP/1.1 200') || body.indexOf('{"data":{') !== 0 || body.includes('"errors"')) return 'failed';
  return tookMs > patienceMs ? 'late' : 'useful';
}
