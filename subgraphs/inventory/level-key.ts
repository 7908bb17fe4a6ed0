/** What names a stock level: a variant at a location. */
export interface LevelKey {
  readonly sku: string;
  readonly locationId: string;
}

/** A level's key as one text, for maps and for sorting. A location's slug holds no slash, so it reads back without doubt. */
export function levelKeyText(key: LevelKey): string {
  return `${key.locationId}/${key.sku}`;
}

/** The opaque id that clients get for a level. */
export function toLevelId(key: LevelKey): string {
  return Buffer.from(levelKeyText(key)).toString('base64url');
}

/** Reads a level's id back; undefined for a text that we did not write. */
export function readLevelId(id: string): LevelKey | undefined {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const slash = text.indexOf('/');
  if (slash < 1) return undefined;
  const key = { locationId: text.slice(0, slash), sku: text.slice(slash + 1) };
  return toLevelId(key) === id ? key : undefined;
}
