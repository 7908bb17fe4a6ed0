import { openDevelopmentIssuer } from '../../cli/development-issuer.ts';
import { ownKinds, staffScopes } from '../../cli/own-kinds.ts';
import { ownPriorities } from '../../cli/own-priorities.ts';
import { issuersSchema, kindsSchema } from '../../gateway/identity/identity-settings.ts';

/** The `authorization` of staff with these scopes, all without them, for processes of this project on this machine. */
export async function staffAuthorization(scopes: readonly string[] = staffScopes): Promise<string> {
  const { issue } = await openDevelopmentIssuer();
  return `Bearer ${await issue({ kind: 'staff', id: 'test-staff', scopes, hours: 24 })}`;
}

/** The `authorization` of a customer. */
export async function customerAuthorization(customer: string): Promise<string> {
  const { issue } = await openDevelopmentIssuer();
  return `Bearer ${await issue({ kind: 'customer', id: customer, customer, scopes: [], hours: 24 })}`;
}

/** Settings of a gateway that takes these. */
export async function ownIdentitySettings() {
  const { settings } = await openDevelopmentIssuer();
  return { kinds: kindsSchema.parse(ownKinds), priorities: ownPriorities, issuers: issuersSchema.parse([settings]) };
}
