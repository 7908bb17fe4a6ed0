import { BoundedCache } from '../basics/bounded-cache.ts';
import type { ShapeReader } from './document-shape.ts';
import { createDoorkeeper } from './doorkeeper.ts';
import { type DocumentMeasure, measureDocument } from './measure-document.ts';
import { checkRequestLimits, type LimitedRequest, type RequestLimits } from './request-limits.ts';

/** Remembered measures cost about the document's text: each 4 Mi characters hold five thousand documents of usual size. */
const rememberedChars = 4 * 1024 * 1024;

/** Throws a shown GatewayError when a request is over the limits of its caller. */
export type RequestGuard = (request: LimitedRequest, limits: RequestLimits) => void;

/**
 * Makes the gate that all transports of one gateway share. It measures each document that comes often once, and of those of one shape that comes often
 * one.
 */
export function createRequestGuard(readShape: ShapeReader): RequestGuard {
  const texts = new BoundedCache<DocumentMeasure>(rememberedChars);
  const shapes = new BoundedCache<DocumentMeasure>(rememberedChars);
  const doorkeeper = createDoorkeeper();

  function measure(document: string): DocumentMeasure {
    const known = texts.get(document);
    if (known !== undefined) return known;
    const shape = readShape(document);
    const alike = shape && shapes.get(shape.key);
    const isKept = alike === undefined ? doorkeeper.admits(document) : doorkeeper.hasCome(document);
    const measured = alike ? { ...alike, hasUnstorableText: shape.hasUnstorableText } : measureDocument(shape);
    if (isKept) texts.set(document, measured, document.length + 200);
    else if (shape && !alike && doorkeeper.hasCome(shape.key)) shapes.set(shape.key, measured, shape.key.length + 200);
    return measured;
  }

  return (request, limits) => checkRequestLimits(request, limits, measure);
}
