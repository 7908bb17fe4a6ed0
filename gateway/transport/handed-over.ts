import type { IncomingMessage } from 'node:http';
import type { Admission } from './admit-request.ts';

const admissions = new WeakMap<IncomingMessage, Admission>();

/** Gives a request that was admitted already to Fastify's route: it is not admitted, nor counted on its connection, a second time. */
export function handOver(request: IncomingMessage, admission: Admission): void {
  admissions.set(request, admission);
  request.headers['x-request-id'] = admission.caller.requestId; // it has a name already
}

export function takeOver(request: IncomingMessage): Admission | undefined {
  return admissions.get(request);
}
