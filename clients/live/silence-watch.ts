/** Tells when nothing was heard for a while; begins with the first sign of life. */
export interface SilenceWatch {
  heard(): void;
  stop(): void;
}

/** @param onSilence called once for each silence; what is heard later begins anew */
export function createSilenceWatch(silenceMs: number, onSilence: () => void): SilenceWatch {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  return {
    heard() {
      clearTimeout(timer);
      if (!isStopped) timer = setTimeout(onSilence, silenceMs);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
