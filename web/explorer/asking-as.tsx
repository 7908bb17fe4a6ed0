import { useId, useState } from 'react';
import { useAsking } from './asking.tsx';
import type { CallerName } from './callers.ts';

const labels: Readonly<Record<CallerName, string>> = {
  nobody: 'nobody',
  customer: 'customer',
  till: 'till',
  partner: 'partner',
  staff: 'staff',
  own: 'a key of mine',
};

/** The choice of who asks; a key of one's own is taken when it is entered whole. */
export function AskingAs() {
  const { caller, callers, ownKey, choose, setOwnKey } = useAsking();
  const [draft, setDraft] = useState(ownKey);
  const id = useId();
  const hasDemo = callers.length > 2;
  return (
    <form
      className="asking-as"
      onSubmit={(event) => {
        event.preventDefault();
        setOwnKey(draft);
      }}
    >
      <label htmlFor={`${id}-who`}>Asking as</label>
      <select
        id={`${id}-who`}
        value={caller}
        title={hasDemo ? 'Demo callers of this development process, and keys of your own' : undefined}
        onChange={({ target }) => choose(callers.find((name) => name === target.value) ?? 'nobody')}
      >
        {callers.map((name) => (
          <option key={name} value={name}>
            {labels[name]}
          </option>
        ))}
      </select>
      {caller === 'own' && (
        <>
          <label htmlFor={`${id}-key`}>Key</label>
          <input
            id={`${id}-key`}
            type="password"
            autoComplete="off"
            placeholder="osk_… or a token"
            value={draft}
            onChange={({ target }) => setDraft(target.value)}
            onBlur={() => setOwnKey(draft)}
          />
          <button type="submit">Use it</button>
        </>
      )}
    </form>
  );
}
