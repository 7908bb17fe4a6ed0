import { userInputError } from '../shared/public-error.ts';
import { readStorableText } from '../shared/storable-text.ts';
import type { IdentityKey } from './queries/find-customer-ids.ts';
import type { QueryCustomerArgs } from './resolver-types.generated.ts';

/** Whom Query.customer asks for: an id, or a name as identities are stored. Throws BAD_USER_INPUT for none or several. */
export function readIdentity({ id, email, externalId }: QueryCustomerArgs): { readonly id: string } | IdentityKey {
  const given = [
    ...(id == null ? [] : [{ id: readStorableText(id) }]),
    ...(email == null ? [] : [toEmailKey(email)]),
    ...(externalId == null ? [] : [toExternalKey(externalId)]),
  ];
  const [only] = given;
  if (only === undefined || given.length > 1) {
    throw userInputError('Give exactly one of id, email and externalId.');
  }
  return only;
}

function toEmailKey(email: string): IdentityKey {
  return { kind: 'EMAIL', value: readStorableText(email.trim().toLowerCase()), source: undefined };
}

function toExternalKey({ source, value }: { readonly source: string; readonly value: string }): IdentityKey {
  return { kind: 'EXTERNAL_ID', value: readStorableText(value), source: readStorableText(source) };
}
