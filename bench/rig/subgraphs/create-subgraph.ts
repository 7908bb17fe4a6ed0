import { type CompiledDocument, compileDocument, type SubgraphResult } from './compile-document.ts';
import { createRepeated } from './repeated.ts';
import type { Arguments, SubgraphData } from './subgraph-data.ts';

/** Compiled documents kept per subgraph. */
const documentsKept = 4_096;

/** A subgraph without a transport: a query and its variables in, `data` out. Throws for what it does not know. */
export type Subgraph = (query: string, variables: Arguments) => SubgraphResult;

/** The same subgraph for both ways: served over HTTP, or handed to our gateway to be called in process. */
export function createSubgraph(data: SubgraphData): Subgraph {
  const documents = createRepeated<CompiledDocument>(documentsKept);
  return (query, variables) => documents(query, () => compileDocument(query, data))(variables);
}
