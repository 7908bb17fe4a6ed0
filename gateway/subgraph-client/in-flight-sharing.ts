import { offAbort, onAbort } from './on-abort.ts';

/** Calls with the same key that are in flight at the same time become one. */
export interface InFlightSharing<T> {
  /**
   * Joins the flight of this key within its scope or starts it. `start` gets a signal that aborts when the last caller has left; the others
   * are not disturbed by one that leaves. `isJoined` tells whether this call joined another's flight.
   */
  run(
    scope: string,
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): { readonly result: Promise<T>; readonly isJoined: boolean };
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  callers: number;
}

/**
 * Bounded by the calls in flight: an entry lives exactly as long as its call. `onLanding` runs before any caller gets the
 * value, and is told how many there are. Keys stand by themselves, since they may be long (the variables of a list of 100: 7 KB):
 * joined to their scope they would be copied to be hashed, and once more to be sent.
 */
export function createInFlightSharing<T>(onLanding: (value: T, callers: number) => void): InFlightSharing<T> {
  const scopes = new Map<string, Map<string, Flight<T>>>();

  function forget(scope: string, key: string, flight: Flight<T>): void {
    const flights = scopes.get(scope);
    if (flights?.get(key) !== flight) return;
    flights.delete(key);
    if (flights.size === 0) scopes.delete(scope);
  }

  function takeOff(scope: string, key: string, start: (signal: AbortSignal) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const leave = () => forget(scope, key, flight);
    const result = start(controller.signal).then((value) => {
      leave();
      onLanding(value, flight.callers);
      return value;
    });
    const flight: Flight<T> = { controller, callers: 0, result };
    const flights = scopes.get(scope);
    if (flights === undefined) scopes.set(scope, new Map([[key, flight]]));
    else flights.set(key, flight);
    // Without a caller left nobody hears of the failure.
    result.catch(leave);
    return flight;
  }

  function ride(scope: string, key: string, flight: Flight<T>, signal: AbortSignal): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    // Leaves at once, not in a later turn: a caller who comes now must not join a flight that is being given up.
    const leave = () => {
      reject(signal.reason);
      flight.callers--;
      if (flight.callers > 0) return;
      forget(scope, key, flight);
      flight.controller.abort(signal.reason);
    };
    flight.callers++;
    onAbort(signal, leave);
    const land = () => offAbort(signal, leave);
    flight.result.then(
      (value) => {
        land();
        resolve(value);
      },
      (reason) => {
        land();
        reject(reason);
      },
    );
    return promise;
  }

  return {
    run(scope, key, signal, start) {
      signal.throwIfAborted();
      const existing = scopes.get(scope)?.get(key);
      const flight = existing ?? takeOff(scope, key, start);
      return { result: ride(scope, key, flight, signal), isJoined: existing !== undefined };
    },
  };
}
