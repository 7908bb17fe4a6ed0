/** Who the explorer can ask as: nobody, one of the demo callers of a development process, or whoever a pasted key belongs to. */
export type CallerName = 'nobody' | 'customer' | 'till' | 'partner' | 'staff' | 'own';

const demoNames = ['customer', 'till', 'partner', 'staff'] as const;
type DemoName = (typeof demoNames)[number];

/** Values of `authorization` by caller; empty wherever no demo credentials are handed out. */
export type DemoCredentials = Readonly<Partial<Record<DemoName, string>>>;

/**
 * Asks our own server, in a way that no other page can: a header of its own needs a permission that is not given. A server in production has
 * none to give.
 */
export async function readDemoCredentials(): Promise<DemoCredentials> {
  const response = await fetch('./callers.json', { headers: { 'x-same-origin': '1' } });
  const given: Readonly<Record<string, unknown>> = response.ok ? await response.json() : {};
  return Object.fromEntries(
    demoNames.flatMap((name) => (typeof given[name] === 'string' ? [[name, given[name]]] : [])),
  );
}

/** The choices there are, in the order of the control. */
export function listCallers(demo: DemoCredentials): readonly CallerName[] {
  return ['nobody', ...demoNames.filter((name) => demo[name] !== undefined), 'own'];
}

/** Whose operations a folder of documented operations holds. */
export function callerOf(audience: string): CallerName {
  return demoNames.find((name) => name === audience) ?? 'nobody';
}
