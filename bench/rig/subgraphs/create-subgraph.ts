import { type CompiledDocument, compileDocument, type SubgraphResult } from './compile-document.ts';
import { keepBounded } from './keep-bounded.ts';
import type { Arguments, SubgraphData } from './subgraph-data.ts';

/** Compiled documents kept per subgraph: strangers' documents pass through, so the oldest leaves. */
const documentsKept = 4_096;

/** A subgraph without a transport: a query and its variables in, `data` out. Throws for what it does not know. */
export type Subgraph = (query: string, variables: Arguments) => SubgraphResult;

/** The same subgraph for both ways: served over HTTP, or handed to our gateway to be called in process. */
export function createSubgraph(data: SubgraphData): Subgraph {
  const documents = new Map<string, CompiledDocument>();
  return (query, variables) => {
    let compiled = documents.get(query);
    if (compiled === undefined) {
      compiled = compileDocument(query, data);
      keepBounded(documents, query, compiled, documentsKept);
    }
    return compiled(variables);
  };
}
