import { z } from 'zod';
import { callerClasses } from './principal.ts';

/** Signatures that a verifier can check without being able to make them: no shared secrets, and never `none`. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'] as const;

const word = z.string().min(1);

const issuerSchema = z
  .strictObject({
    /** As in the tokens' `iss`. */
    issuer: word,
    /** One of these must be in `aud`. */
    audience: z.union([word.transform((one) => [one]), z.array(word).min(1)]),
    algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256']),
    /** The header's `typ`: `JWT`, or `at+jwt` where the issuer follows RFC 9068. */
    type: word.default('JWT'),
    /** Where its keys are: an address that is asked again when a key is unknown, a file, or the keys themselves. */
    jwksUrl: z.url({ protocol: /^https?$/ }).optional(),
    jwksFile: word.optional(),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }).optional(),
    /** What its tokens make of a caller; or which claim says so, and what that may say. */
    kind: word.optional(),
    kindClaim: word.optional(),
    kinds: z.array(word).default([]),
    /** Scopes that it may give; others in a token are ignored. */
    scopes: z.array(word).default([]),
    scopeClaim: word.default('scope'),
    idClaim: word.default('sub'),
    /** Put before the id, so that two issuers of one kind name two people. */
    idPrefix: z.string().default(''),
    /** Attribute → claim. */
    attributes: z.record(word, word).default({}),
  })
  .refine(
    ({ jwksUrl, jwksFile, jwks }) => [jwksUrl, jwksFile, jwks].filter((each) => each !== undefined).length === 1,
    {
      message: 'one of jwksUrl, jwksFile and jwks says where the keys are',
    },
  )
  .refine(({ kind, kindClaim, kinds }) => (kind === undefined) === (kindClaim !== undefined && kinds.length > 0), {
    message: 'either kind, or kindClaim and kinds',
  });

/** An OpenID issuer whose tokens are believed, and what they may say. */
export type IssuerSettings = z.output<typeof issuerSchema>;

export const issuersSchema = z.array(issuerSchema).refine(
  (issuers) => {
    const places = issuers.flatMap(({ kind, kinds, idPrefix }) =>
      [kind ?? [], kinds].flat().map((each) => JSON.stringify([each, idPrefix])),
    );
    return new Set(places).size === places.length;
  },
  { message: 'two issuers of one kind need different values of idPrefix' },
);

export const kindsSchema = z.record(
  word,
  z.strictObject({
    /** The class of the limits table. */
    limits: z.enum(callerClasses).default('person'),
    /** Scopes that this kind has, and that nothing else can give. */
    grants: z.array(word).default([]),
    /** The only part of the graph that exists for it. */
    contract: word.optional(),
    /** Its class in `priorities`. */
    priority: word.optional(),
  }),
);

/** What the kinds of callers may; a kind that is not named is a `person` without scopes of its own. */
export type KindSettings = z.output<typeof kindsSchema>;
