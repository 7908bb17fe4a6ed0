import type DataLoader from 'dataloader';
import { isStorableText } from '../../shared/storable-text.ts';

/** What the key of a reference leads to; null for a key that is missing, or that no row can have. */
export function loadByKey<Row>(loader: DataLoader<string, Row | null>, key: unknown): Promise<Row | null> | null {
  return typeof key === 'string' && isStorableText(key) ? loader.load(key) : null;
}
