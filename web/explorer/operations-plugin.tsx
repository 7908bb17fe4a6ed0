import { type GraphiQLPlugin, pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useAsking } from './asking.tsx';
import { callerOf } from './callers.ts';
import { type OperationDocument, operationDocuments } from './operation-documents.ts';

/** The list of documented operations, as a pane of GraphiQL. */
export const operationsPlugin: GraphiQLPlugin = { title: 'Operations', icon: ListIcon, content: OperationList };

const documentsByAudience = Map.groupBy(operationDocuments, (document) => document.audience);

function OperationList() {
  const openDocument = useOpenDocument();
  const active = useGraphiQL((state) => state.tabs[state.activeTabIndex]?.query?.trim());
  return (
    <nav className="operations" aria-label="Documented operations">
      <h2>Operations</h2>
      <p>Each opens in a tab with variables that fit the sample data, and is asked as whom it is for.</p>
      {[...documentsByAudience].map(([audience, documents]) => (
        <section key={audience} aria-labelledby={`operations-${audience}`}>
          <h3 id={`operations-${audience}`}>{audience}</h3>
          <p>Asked as {callerOf(audience)}.</p>
          <ul>
            {documents.map((document) => (
              <li key={document.title}>
                <button
                  type="button"
                  aria-current={document.query === active ? 'true' : undefined}
                  onClick={() => openDocument(document)}
                >
                  {document.title}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

/** Where explorer.css puts the list above the editors instead of beside them: there it gives way to what was opened. */
const oneColumn = '(max-width: 48rem)';

/** Opens a document: in the tab where it already is, else in the tab that is empty, else in a new one. */
function useOpenDocument(): (document: OperationDocument) => void {
  const { addTab, changeTab, setVisiblePlugin } = useGraphiQLActions();
  const state = useGraphiQL(pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor'));
  const { caller, callers, choose } = useAsking();
  return ({ audience, query, variables }) => {
    const wanted = callerOf(audience);
    // Without demo callers it takes a key of one's own, which may be anybody's.
    if (callers.includes(wanted) && caller !== 'own') choose(wanted);
    else if (caller === 'nobody') choose('own');
    if (matchMedia(oneColumn).matches) setVisiblePlugin(null);
    const open = state.tabs.findIndex((tab) => tab.query?.trim() === query);
    if (open !== -1) {
      if (open !== state.activeTabIndex) changeTab(open);
      return;
    }
    if (state.queryEditor?.getValue().trim() !== '') addTab();
    // The editors are the truth: GraphiQL takes the tab's values and title from them as they change.
    state.queryEditor?.setValue(`${query}\n`);
    state.variableEditor?.setValue(variables);
  };
}

function ListIcon() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01" />
    </svg>
  );
}
