import { createHash } from 'node:crypto';

/** A text as a part of an address: small letters, digits and hyphens; accents are dropped, other scripts give nothing. */
export function toSlug(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

const maxHandleLength = 128;

/**
 * A product's handle: its title, then its key, so that products of one title differ. Where the key does not survive as a slug, a hash of it
 * follows: "A/1" and "A-1" are two products.
 */
export function toHandle(title: string, source: string, key: string): string {
  const keySlug = toSlug(key);
  const isLossless = keySlug === key.toLowerCase();
  const hash = createHash('sha256').update(`${source}\n${key}`).digest('hex').slice(0, 8);
  const suffix = isLossless ? keySlug : [keySlug.slice(0, 50), hash].filter((part) => part !== '').join('-');
  const room = Math.max(0, maxHandleLength - suffix.length - 1);
  const head = toSlug(title).slice(0, room).replace(/-+$/, '');
  return head === '' ? suffix : `${head}-${suffix}`;
}

const maxIdLength = 63;

/** A category's id: the slug of its name, or a hash where it has none. */
export function toCategoryId(name: string): string {
  const slug = toSlug(name).slice(0, maxIdLength).replace(/-+$/, '');
  return slug === '' ? createHash('sha256').update(name).digest('hex').slice(0, 16) : slug;
}
