import { z } from 'zod';
import { issuersSchema, kindsSchema } from '../identity/identity-settings.ts';
import { prioritiesSchema } from '../overload/priority-settings.ts';
import { names, type Setting, setting, structure, whole } from './setting.ts';

/** Who calls, what is believed of it, and what the subgraphs are told. */
export const callerSettings = {
  trustedProxies: setting(
    'GATEWAY_TRUSTED_PROXIES',
    names,
    'Addresses or networks whose `X-Forwarded-For` is believed; from all others it is ignored.',
  ),
  forwardHeaders: setting(
    'GATEWAY_FORWARD_HEADERS',
    names,
    'Request headers passed to the subgraphs as they are, such as `authorization`. Callers with different values never share an answer.',
  ),
  issuers: setting(
    'GATEWAY_ISSUERS',
    structure(issuersSchema).default([]),
    'OpenID issuers whose JWTs are believed: a list of `{issuer, audience, algorithms, type, jwksUrl | jwksFile | jwks, kind, scopes, attributes}`; in the environment as JSON. See identity/identity-settings.ts.',
  ),
  kinds: setting(
    'GATEWAY_KINDS',
    structure(kindsSchema).default({}),
    'What kinds of callers may: `{kind: {limits, grants, contract, priority}}`, the class of their limits, the scopes that they alone have, the tag of the only part of the graph that exists for them, and their class when there is too much to do; in the environment as JSON.',
  ),
  priorities: setting(
    'GATEWAY_PRIORITIES',
    structure(prioritiesSchema).optional(),
    'Who goes first when more operations come than can run, the most important first: `[{name, share, patienceMs, clients, fields, kinds}]`; `known` and `anonymous` must be among them, and without the setting they and `explorer` are all. In the environment as JSON; see overload/priority-settings.ts.',
  ),
  credentialKey: setting(
    'GATEWAY_CREDENTIAL_KEY',
    z.string().min(32).optional(),
    'The server’s key for the hashes of API keys and device tokens, at least 32 characters. Another one makes all of them invalid.',
  ),
  wrongProofsPerMinute: setting(
    'GATEWAY_WRONG_PROOFS_PER_MINUTE',
    whole(100, 1),
    'Wrong proofs of identity from one address; after so many only proofs are looked at that were right before, all others get 429.',
  ),
  accessMode: setting(
    'GATEWAY_ACCESS_MODE',
    z.enum(['filter', 'reject']).default('filter'),
    'What a field means that the caller may not see: it is null, with one error each, or the whole operation is refused.',
  ),
  introspectionScope: setting(
    'GATEWAY_INTROSPECTION_SCOPE',
    z.string().min(1).default('schema:read'),
    'Callers with this scope may read the schema (the part that exists for them) where others may not.',
  ),
  subgraphSecret: setting(
    'GATEWAY_SUBGRAPH_SECRET',
    z.string().min(32).optional(),
    'Shared with the subgraphs (their `SUBGRAPH_SECRET`), at least 32 characters: every call over a network says who is calling, signed with it.',
  ),
  csrfHeaders: setting(
    'GATEWAY_CSRF_HEADERS',
    names.transform((list) => (list.length > 0 ? list : ['x-apollo-operation-name', 'apollo-require-preflight'])),
    'A GET must carry one of these, so that no web page can send it without a preflight.',
  ),
} as const satisfies Record<string, Setting>;
