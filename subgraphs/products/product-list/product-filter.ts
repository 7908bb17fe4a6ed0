/** Which words a search is for: those typed, or, when nothing has them, words of our titles that are spelt like them. */
export type SearchMode = 'words' | 'corrected';

/** A search, already within its limits. */
export interface ProductSearch {
  /** As typed, for websearch_to_tsquery. */
  readonly text: string;
  /** The words to find, without those that a minus excludes: at most ten. */
  readonly words: readonly string[];
  /** What a minus excludes, with the minus. */
  readonly excluded: string;
  readonly mode: SearchMode;
}

/** Which products a list holds; its order and pages are another matter. */
export interface ProductFilter {
  readonly channelId: string;
  readonly categoryId: string | undefined;
  readonly changedSince: Date | undefined;
  readonly search: ProductSearch | undefined;
}
