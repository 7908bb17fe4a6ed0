import type { LiveEnd, LiveSink } from './live-event.ts';

/** A client's way out, on which what is sent is counted. */
export interface MeteredSink extends LiveSink {
  /** Ends the operation for this client; before it is told how, at once when it is. */
  onStop(stop: (end: LiveEnd) => void): void;
}

/** Counts what goes out, by what each event costs this client; `stop` may come before it is known how. */
export function meterSink(
  sink: LiveSink,
  createMeter: (stop: (end: LiveEnd) => void) => { count(cost: number): void },
): MeteredSink {
  let stop: ((end: LiveEnd) => void) | undefined;
  let stopped: LiveEnd | undefined;
  const meter = createMeter((end) => {
    stopped = end;
    stop?.(end);
  });
  return {
    get isWritable() {
      return sink.isWritable;
    },
    write(body, cursor, cost) {
      if (!sink.write(body, cursor, cost)) return false;
      meter.count(cost);
      return true;
    },
    end: (end) => sink.end(end),
    onStop(how) {
      stop = how;
      if (stopped !== undefined) how(stopped);
    },
  };
}
