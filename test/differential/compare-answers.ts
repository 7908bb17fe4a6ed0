import { expect } from 'vitest';
import type { Answer } from './open-world.ts';

/**
 * Fails unless an answer of ours is the expected one: the same data to the byte, and for every null that an error made an error of ours.
 * Which one of several in an object that became null is free, and ours may name more: in required fields that the client did not ask for.
 */
export function compareAnswers(actual: Answer, expected: Answer): void {
  expect(actual.data, JSON.stringify(actual.errors)).toBe(expected.data);
  const unexplained = expected.errorPaths
    .map((path) => nullPlace(path, expected.data))
    .filter((place) => !actual.errorPaths.some((own) => overlap(place, own)));
  expect(unexplained, JSON.stringify(actual.errors)).toEqual([]);
}

/** Where an error's null stands in the data: at its path, or above it. */
function nullPlace(path: string, data: string | undefined): string {
  const keys: (string | number)[] = JSON.parse(path) ?? [];
  let value: unknown = data === undefined ? null : JSON.parse(data);
  const place: (string | number)[] = [];
  for (const key of keys) {
    if (value === null || value === undefined) break;
    value = (value as Record<string | number, unknown>)[key];
    place.push(key);
  }
  return JSON.stringify(place);
}

/** True when one path lies at or above the other. */
function overlap(one: string, other: string): boolean {
  const [long, short] = [one, other]
    .map((path): unknown[] => JSON.parse(path) ?? [])
    .sort((a, b) => b.length - a.length);
  return short?.every((key, index) => key === long?.[index]) ?? false;
}
