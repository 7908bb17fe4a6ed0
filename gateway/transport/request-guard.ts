import { BoundedCache } from '../basics/bounded-cache.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { type DocumentMeasure, measureDocument } from './measure-document.ts';
import { checkRequestLimits, type LimitedRequest, type RequestLimits } from './request-limits.ts';

/** Remembered measures cost about the document's text: 8 Mi characters hold ten thousand documents of usual size. */
const rememberedChars = 8 * 1024 * 1024;

/** Throws a shown GatewayError when a request is over the limits of its caller. */
export type RequestGuard = (request: LimitedRequest, limits: RequestLimits) => void;

/** Makes the gate that all transports of one gateway share; it measures each document that comes often once. */
export function createRequestGuard(maxTokens: number): RequestGuard {
  const remembered = new BoundedCache<DocumentMeasure>(rememberedChars);
  const doorkeeper = createDoorkeeper();
  const measure = (document: string): DocumentMeasure => {
    const known = remembered.get(document);
    if (known !== undefined) return known;
    const measured = measureDocument(document, maxTokens);
    if (doorkeeper.admits(document)) remembered.set(document, measured, document.length + 200);
    return measured;
  };
  return (request, limits) => checkRequestLimits(request, limits, measure);
}
