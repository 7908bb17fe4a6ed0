import { createHash } from 'node:crypto';
import { anonymous, type Identify, type Principal } from './principal.ts';

/**
 * The identity of a gateway that verifies nothing itself: the named headers go to the subgraphs, which decide.
 * Callers with different values are different audiences, so that no answer is ever shared between them; the audience
 * carries a hash, because it ends up in cache keys and the values are secrets.
 */
export function forwardHeaders(names: readonly string[]): Identify {
  const allowed = names.map((name) => name.toLowerCase()).sort();
  return (incoming): Principal => {
    const headers: Record<string, string> = {};
    for (const name of allowed) {
      const value = incoming[name];
      if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
    if (Object.keys(headers).length === 0) return anonymous;
    const audience = createHash('sha256').update(JSON.stringify(headers)).digest('base64url');
    return { caller: 'anonymous', audience, headers };
  };
}
