import { type GatewayError, shownError } from '../errors.ts';
import { emptyManifest, type Manifest } from './read-manifest.ts';

/** off: no ids. learn: ids too, and what is sent is written down. prefer: what is unknown runs, and is counted. only: it is refused. */
export type DocumentMode = 'off' | 'learn' | 'prefer' | 'only';

/** The part of a request that says which document it means, in whatever form it came. */
export interface SentDocument {
  readonly query?: unknown;
  /** GraphQL over HTTP, appendix on persisted documents; with or without `sha256:`. */
  readonly documentId?: unknown;
  /** Apollo's clients: `persistedQuery: {version: 1, sha256Hash}`. */
  readonly extensions?: unknown;
}

/** Knows which documents may be sent, for all transports of a gateway. */
export interface DocumentTrust {
  /** True when a document's text need not be looked at: everything that is sent may run. */
  readonly isOpen: boolean;
  readonly manifest: Manifest;
  /**
   * The text of the document that is meant; what it finds is not counted. Undefined when nothing says which, or in a form that is no request's.
   * Throws PERSISTED_QUERY_NOT_SUPPORTED, PERSISTED_QUERY_NOT_FOUND or DOCUMENT_NOT_TRUSTED.
   */
  find(sent: SentDocument): string | undefined;
  /** To be called once for each request whose document was found, or was refused here. */
  count(text: string | undefined): void;
  replace(manifest: Manifest): void;
}

export type DocumentOutcome = 'known' | 'unknown' | 'refused';

/** Makes one that knows nothing yet. */
export function createDocumentTrust(mode: DocumentMode, onCounted: (outcome: DocumentOutcome) => void): DocumentTrust {
  let manifest = emptyManifest;
  const isOpen = mode === 'off' || mode === 'learn';
  return {
    isOpen,
    get manifest() {
      return manifest;
    },
    find(sent) {
      const id = readId(sent);
      const { query } = sent;
      const text = typeof query === 'string' && query !== '' ? query : undefined;
      if (id === undefined) {
        if (text === undefined || mode !== 'only' || manifest.texts.has(text)) return text;
        throw shownError('DOCUMENT_NOT_TRUSTED', 'This document is not among those that are known here.');
      }
      if (mode === 'off') throw shownError('PERSISTED_QUERY_NOT_SUPPORTED', 'Only whole documents are taken.');
      const known = manifest.textById.get(id);
      if (text !== undefined && (known === undefined || known !== text)) throw cannotRegister(known);
      if (known !== undefined) return known;
      throw documentNotFound();
    },
    count(text) {
      if (mode === 'off') return;
      if (text === undefined) onCounted('refused');
      else onCounted(manifest.texts.has(text) ? 'known' : 'unknown');
    },
    replace(next) {
      manifest = next;
    },
  };
}

/** Said of an id that nothing is known by, and, to the callers of a contract, of a document that is outside of it. */
export function documentNotFound(): GatewayError {
  return shownError('PERSISTED_QUERY_NOT_FOUND', 'There is no document of this id.');
}

/** Whether a request names its document by an id. */
export function hasDocumentId(sent: SentDocument): boolean {
  return sent.documentId !== undefined || persistedQueryOf(sent.extensions) !== undefined;
}

/** Nobody registers a document by sending it with a hash: what is known stands in the manifest, and costs no memory a stranger chooses. */
function cannotRegister(known: string | undefined): Error {
  return known === undefined
    ? shownError('PERSISTED_QUERY_NOT_SUPPORTED', 'Documents are not registered here; send the document alone.')
    : shownError('BAD_REQUEST', 'The id is another document’s.');
}

function readId({ documentId, extensions }: SentDocument): string | undefined {
  const persisted = persistedQueryOf(extensions);
  if (documentId === undefined && persisted === undefined) return undefined;
  const hash =
    persisted === undefined ? undefined : (persisted as { readonly sha256Hash?: unknown } | null)?.sha256Hash;
  const id = documentId ?? hash;
  if (typeof id !== 'string' || (documentId !== undefined && hash !== undefined && documentId !== hash)) {
    throw shownError('BAD_REQUEST', 'The id of the document is a text, and one.');
  }
  return id.startsWith('sha256:') ? id.slice('sha256:'.length) : id;
}

function persistedQueryOf(extensions: unknown): unknown {
  if (typeof extensions !== 'object' || extensions === null || !Object.hasOwn(extensions, 'persistedQuery')) return;
  return (extensions as { readonly persistedQuery: unknown }).persistedQuery ?? undefined;
}
