import { ChurnMap } from '../basics/churn-map.ts';
import { shownError } from '../errors.ts';

/** Work that several callers want at the same time is done once. */
export interface SingleFlight<T> {
  /**
   * Joins the work under this key or begins it. It is aborted when its last caller has left; one who leaves does not disturb
   * the others. Throws OVERLOADED when too much different work is going on.
   */
  run(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  callers: number;
}

/** At most `maxFlights` works at a time. */
export function createSingleFlight<T>(maxFlights: number): SingleFlight<T> {
  const flights = new ChurnMap<string, Flight<T>>();

  function takeOff(key: string, work: (signal: AbortSignal) => Promise<T>): Flight<T> {
    if (flights.size >= maxFlights) throw shownError('OVERLOADED', 'Too many new operations at once; try again later.');
    const controller = new AbortController();
    const flight: Flight<T> = { result: work(controller.signal), controller, callers: 0 };
    const land = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(land, land);
    flights.set(key, flight);
    return flight;
  }

  return {
    run(key, signal, work) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const flight = flights.get(key) ?? takeOff(key, work);
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      // Leaves at once, not in a later turn: who comes now must not join work that is being given up.
      const leave = () => {
        reject(signal.reason);
        flight.callers--;
        if (flight.callers > 0) return;
        if (flights.get(key) === flight) flights.delete(key);
        flight.controller.abort(signal.reason);
      };
      flight.callers++;
      signal.addEventListener('abort', leave, { once: true });
      flight.result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      return promise;
    },
  };
}
