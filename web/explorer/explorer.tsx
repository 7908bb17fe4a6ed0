import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import 'graphiql/style.css';
import './explorer.css';
import { operationDocuments } from './operation-documents.ts';
import { operationsPlugin } from './operations-plugin.tsx';

const fetcher = createGraphiQLFetcher({ url: '/graphql' });
const plugins = [operationsPlugin, HISTORY_PLUGIN];
const first = operationDocuments.find((document) => document.title === 'Product list') ?? operationDocuments[0];
const firstTabs = first === undefined ? [] : [{ query: `${first.query}\n`, variables: first.variables }];
// GraphiQL takes the first tab's query from `defaultTabs`, but not its variables; what a visitor left here comes back by itself.
const isFirstVisit = localStorage.getItem('graphiql:tabState') === null;
const firstVariables = isFirstVisit && first !== undefined ? { initialVariables: first.variables } : {};

/** GraphiQL on the graph of the same origin, with the documented operations beside it. */
export function Explorer() {
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      visiblePlugin={operationsPlugin}
      defaultTabs={firstTabs}
      {...firstVariables}
      defaultEditorToolsVisibility="variables"
    >
      <GraphiQL.Logo>
        <span className="shop-sign">Oneshelf</span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}
