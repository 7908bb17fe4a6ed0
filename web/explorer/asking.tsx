import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import { type CallerName, type DemoCredentials, listCallers } from './callers.ts';

/** Who asks now, and who could. */
export interface Asking {
  readonly caller: CallerName;
  readonly callers: readonly CallerName[];
  /** As it was pasted; for the caller `own`. */
  readonly ownKey: string;
  /** The value of `authorization`; undefined is nobody. */
  readonly authorization: string | undefined;
  choose(caller: CallerName): void;
  setOwnKey(key: string): void;
}

const AskingContext = createContext<Asking | undefined>(undefined);

export function useAsking(): Asking {
  const asking = use(AskingContext);
  if (asking === undefined) throw new Error('The explorer says who asks.');
  return asking;
}

/** Kept for this tab, until it is closed: never in the address, nor where another tab or visit finds it. */
const callerPlace = 'oneshelf:caller';
const keyPlace = 'oneshelf:key';

export function AskingProvider({ demo, children }: { readonly demo: DemoCredentials; readonly children: ReactNode }) {
  const callers = useMemo(() => listCallers(demo), [demo]);
  const [caller, setCaller] = useState<CallerName>(
    () => callers.find((name) => name === sessionStorage.getItem(callerPlace)) ?? 'nobody',
  );
  const [ownKey, setOwnKey] = useState(() => sessionStorage.getItem(keyPlace) ?? '');
  const asking: Asking = {
    caller,
    callers,
    ownKey,
    authorization: caller === 'own' ? toHeader(ownKey) : caller === 'nobody' ? undefined : demo[caller],
    choose(name) {
      sessionStorage.setItem(callerPlace, name);
      setCaller(name);
    },
    setOwnKey(key) {
      sessionStorage.setItem(keyPlace, key);
      setOwnKey(key);
    },
  };
  return <AskingContext value={asking}>{children}</AskingContext>;
}

/** A key may be pasted with or without what stands before it in a header. */
function toHeader(key: string): string | undefined {
  const proof = key
    .trim()
    .replace(/^authorization:\s*/i, '')
    .replace(/^bearer\s+/i, '');
  return proof === '' ? undefined : `Bearer ${proof}`;
}
