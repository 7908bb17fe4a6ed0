import { type Profiler, Session } from 'node:inspector/promises';

export interface ProcessProfiler {
  start(): Promise<boolean>;
  /** Ends the profile and returns it. */
  take(): Promise<Profiler.Profile>;
}

/** Microseconds between two samples: `--cpu-prof` takes 1,000, too coarse for functions of some µs in a window of seconds. */
const samplingIntervalUs = 250;

/**
 * The profile that `node --cpu-prof` writes, of a stretch instead of a life: the start and the warm-up would take a third of a short run.
 */
export function createProfiler(): ProcessProfiler {
  const session = new Session();
  return {
    async start() {
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
      await session.post('Profiler.start');
      return true;
    },
    async take() {
      const { profile } = await session.post('Profiler.stop');
      session.disconnect();
      return profile;
    },
  };
}
