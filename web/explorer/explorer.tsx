import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useEffect, useMemo } from 'react';
import 'graphiql/style.css';
import './explorer.css';
import { AskingProvider, useAsking } from './asking.tsx';
import { AskingAs } from './asking-as.tsx';
import type { DemoCredentials } from './callers.ts';
import { createFetcher } from './create-fetcher.ts';
import { operationDocuments } from './operation-documents.ts';
import { operationsPlugin } from './operations-plugin.tsx';

const plugins = [operationsPlugin, HISTORY_PLUGIN];
const first = operationDocuments.find((document) => document.title === 'Product list') ?? operationDocuments[0];
const firstTabs = first === undefined ? [] : [{ query: `${first.query}\n`, variables: first.variables }];
// GraphiQL takes the first tab's query from `defaultTabs`, but not its variables; what a visitor left here comes back by itself.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const firstVariables = isFirstVisit && first !== undefined ? { initialVariables: first.variables } : {};

/** GraphiQL on the graph of the same origin, with the documented operations beside it, and above it the choice of who asks. */
export function Explorer({ demo }: { readonly demo: DemoCredentials }) {
  return (
    <AskingProvider demo={demo}>
      <header className="bar">
        <span className="shop-sign">Oneshelf</span>
        <AskingAs />
      </header>
      <Editor />
    </AskingProvider>
  );
}

/** Another fetcher makes GraphiQL read the schema again: whoever asks now may see another part of it. */
function Editor() {
  const { authorization } = useAsking();
  const { fetcher, dispose } = useMemo(() => createFetcher(authorization), [authorization]);
  useEffect(() => dispose, [dispose]);
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      visiblePlugin={operationsPlugin}
      defaultTabs={firstTabs}
      {...firstVariables}
      defaultEditorToolsVisibility="variables"
    >
      {/* The sign stands in the bar. */}
      <GraphiQL.Logo> </GraphiQL.Logo>
    </GraphiQL>
  );
}
