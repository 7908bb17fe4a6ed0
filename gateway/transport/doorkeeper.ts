/** Decides what a cache takes in. */
export interface Doorkeeper {
  /** Whether what has this key is to be kept. To be asked once for each time that it was made. */
  admits(key: string): boolean;
  /** The same where only who comes for the second time is wanted, however few they are. */
  hasCome(key: string): boolean;
}

export interface DoorkeeperOptions {
  /** So many newcomers are taken in at once, and so many more each second. */
  readonly atOnce?: number;
  readonly perSecond?: number;
  /** Milliseconds that never go back. */
  readonly now?: () => number;
}

/** 256 KB: of 65,536 keys, the newer one wins where two have the same place. */
const places = 2 ** 16;

/**
 * Lets newcomers in while they are few. In a crowd of them only who comes for the second time: a document that is sent once is worth nothing
 * in a cache, pushes out what is asked often, and outlives its request, so that the garbage collector copies it from space to space.
 * Two keys are the same to it once in 2^32 times, and one is then let in at its first.
 */
export function createDoorkeeper({
  atOnce = 200,
  perSecond = 5,
  now = () => performance.now(),
}: DoorkeeperOptions = {}): Doorkeeper {
  const seen = new Uint32Array(places);
  let free = atOnce;
  let countedAt = now();

  function hasCome(key: string): boolean {
    let [place, print] = [0x811c9dc5, 0x9747b28c];
    for (let index = 0; index < key.length; index++) {
      const code = key.charCodeAt(index);
      place = Math.imul(place ^ code, 0x01000193);
      print = Math.imul(print ^ code, 0x85ebca6b) ^ (print >>> 13);
    }
    place = (place ^ (place >>> 16)) & (places - 1);
    print = (print | 1) >>> 0; // an empty place holds 0
    if (seen[place] === print) return true;
    seen[place] = print;
    return false;
  }

  return {
    hasCome,
    admits(key) {
      if (hasCome(key)) return true;
      const at = now();
      free = Math.min(atOnce, free + ((at - countedAt) / 1_000) * perSecond);
      countedAt = at;
      if (free < 1) return false;
      free--;
      return true;
    },
  };
}
