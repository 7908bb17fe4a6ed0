/** How the words of a search are matched: as stems by full text, or, when that found nothing, by likeness of spelling. */
export type SearchMode = 'words' | 'similar';

/** A search, already within its limits. */
export interface ProductSearch {
  /** As typed, for websearch_to_tsquery. */
  readonly text: string;
  /** The words to find, without those that a minus excludes: at most ten. */
  readonly words: readonly string[];
  readonly mode: SearchMode;
}

/** Which products a list holds; its order and pages are another matter. */
export interface ProductFilter {
  readonly channelId: string;
  readonly categoryId: string | undefined;
  readonly changedSince: Date | undefined;
  readonly search: ProductSearch | undefined;
}
