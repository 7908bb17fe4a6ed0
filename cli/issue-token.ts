import { auditCommand } from './audit-command.ts';
import { openDevelopmentIssuer } from './development-issuer.ts';
import { readOwnKind, staffScopes } from './own-kinds.ts';

export interface IssueTokenOptions {
  readonly scope?: readonly string[];
  readonly customer?: string;
  readonly id: string;
  readonly hours: number;
}

/** `oneshelf token KIND`: prints a token, and nothing else, so that it can stand in a command. Throws in production and for what makes no sense. */
export async function issueToken(text: string, { scope, customer, id, hours }: IssueTokenOptions): Promise<void> {
  const kind = readOwnKind(text);
  if (kind !== 'staff' && kind !== 'customer')
    throw new Error(`A ${kind} has a key: oneshelf credential create ${kind}`);
  if (kind === 'customer' && customer === undefined) throw new Error('Say which customer it is for: --customer ID');
  if (kind === 'staff' && customer !== undefined)
    throw new Error('Staff are nobody’s customer here: leave --customer out.');
  if (!(hours > 0)) throw new Error('A token is valid for more than 0 hours.');
  const unknown = scope?.filter((each) => !staffScopes.some((known) => known === each)) ?? [];
  if (unknown.length > 0)
    throw new Error(`No scope is called ${unknown.join(', ')}; there are ${staffScopes.join(', ')}.`);
  const scopes = kind === 'staff' ? (scope ?? staffScopes) : [];
  const issuer = await openDevelopmentIssuer();
  const token = await issuer.issue({ kind, id: customer ?? id, scopes, customer, hours });
  auditCommand('token', `${kind} ${customer ?? id} for ${hours} hours, scopes ${JSON.stringify(scopes)}`);
  console.log(token);
}
