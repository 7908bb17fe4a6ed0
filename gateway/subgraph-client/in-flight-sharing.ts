import { Cancellation, type EndSignal } from '../basics/cancellation.ts';
import { ChurnMap } from '../basics/churn-map.ts';
import { offAbort, onAbort } from '../basics/on-abort.ts';

/** What must be equal for two calls to be one. */
export interface FlightKey {
  /** A call never joins one that began before a write. */
  readonly writes: number;
  readonly document: string;
  readonly audience: string;
  /** May be long: the variables of a list of 100 have 7 KB. */
  readonly variables: string;
}

/** Calls with the same key that are in flight at the same time become one. */
export interface InFlightSharing<T> {
  /**
   * Joins the flight of this key or starts it. `start` gets what ends when the last caller has left; the others
   * are not disturbed by one that leaves. `isJoined` tells whether this call joined another's flight.
   */
  run(
    key: FlightKey,
    signal: EndSignal,
    start: (cancellation: Cancellation) => Promise<T>,
  ): { readonly result: Promise<T>; readonly isJoined: boolean };
}

interface Flight<T> {
  readonly key: FlightKey;
  readonly result: Promise<T>;
  readonly cancellation: Cancellation;
  callers: number;
}

/** Characters of a text that are looked at to find its flight: the whole text is then compared with that one alone. */
const samples = 64;
/** Flights that look alike; further ones fly alone. Reached by texts of over 64 characters that differ where nobody looks. */
const alikeAtMost = 8;

/**
 * Bounded by the calls in flight: an entry lives exactly as long as its call. `onLanding` runs before any caller gets the
 * value, and is told how many there are. A Map by the texts themselves hashed every character of variables that nobody
 * else sends: with an AbortController and its listener 20 µs for each fetch of 100 entities, which are gone.
 */
export function createInFlightSharing<T>(onLanding: (value: T, callers: number) => void): InFlightSharing<T> {
  const flights = new ChurnMap<number, Flight<T>>();

  /** Where the flight of this key is, or could be; undefined when too many look like it. */
  function findPlace(key: FlightKey): number | undefined {
    const first = fingerprint(key);
    for (let place = first; place < first + alikeAtMost; place++) {
      const flight = flights.get(place);
      if (flight === undefined || isEqual(flight.key, key)) return place;
    }
    return undefined;
  }

  function takeOff(
    key: FlightKey,
    place: number | undefined,
    start: (cancellation: Cancellation) => Promise<T>,
  ): Flight<T> {
    const cancellation = new Cancellation();
    const result = start(cancellation).then(
      (value) => {
        forget(place, flight);
        onLanding(value, flight.callers);
        return value;
      },
      (reason: unknown) => {
        forget(place, flight);
        throw reason;
      },
    );
    const flight: Flight<T> = { key, cancellation, callers: 0, result };
    if (place !== undefined) flights.set(place, flight);
    return flight;
  }

  function forget(place: number | undefined, flight: Flight<T>): void {
    if (place !== undefined && flights.get(place) === flight) flights.delete(place);
  }

  function ride(flight: Flight<T>, place: number | undefined, signal: EndSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Leaves at once, not in a later turn: a caller who comes now must not join a flight that is being given up.
    const leave = () => {
      reject(signal.reason);
      flight.callers--;
      if (flight.callers > 0) return;
      forget(place, flight);
      flight.cancellation.cancel(signal.reason);
    };
    flight.callers++;
    onAbort(signal, leave);
    flight.result.then(
      (value) => {
        offAbort(signal, leave);
        resolve(value);
      },
      (reason: unknown) => {
        offAbort(signal, leave);
        reject(reason);
      },
    );
    return promise;
  }

  return {
    run(key, signal, start) {
      signal.throwIfAborted();
      const place = findPlace(key);
      const existing = place === undefined ? undefined : flights.get(place);
      const flight = existing ?? takeOff(key, place, start);
      return { result: ride(flight, place, signal), isJoined: existing !== undefined };
    },
  };
}

function isEqual(one: FlightKey, other: FlightKey): boolean {
  return (
    one.writes === other.writes &&
    one.document === other.document &&
    one.audience === other.audience &&
    one.variables === other.variables
  );
}

/** A 32-bit number: equal for equal keys, mostly another for others. */
function fingerprint({ writes, document, audience, variables }: FlightKey): number {
  return addSamples(variables, addSamples(audience, addSamples(document, writes | 0)));
}

function addSamples(text: string, before: number): number {
  const { length } = text;
  const step = Math.max(1, Math.ceil(length / samples));
  let sum = (Math.imul(before, 31) + length) | 0;
  for (let at = 0; at < length; at += step) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}
