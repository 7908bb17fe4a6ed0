import { createBudgetStore } from '../db/budgets/create-budget-store.ts';
import { readDatabaseConfig } from '../db/config.ts';
import { connectAs, type OpenDatabase } from '../db/connect.ts';
import { createCredentialStore } from '../db/credentials/create-credential-store.ts';
import type { GatewaySettings } from '../gateway/config.ts';
import type { BudgetStore } from '../gateway/cost/shared-budgets.ts';
import type { CredentialStore } from '../gateway/identity/credential-store.ts';
import { issuersSchema, kindsSchema } from '../gateway/identity/identity-settings.ts';
import { readCommandConfig } from './config.ts';
import { openDevelopmentIssuer } from './development-issuer.ts';
import { readMachineSecret } from './machine-secret.ts';
import { ownKinds } from './own-kinds.ts';
import { ownPriorities } from './own-priorities.ts';

/** What a gateway over Oneshelf's own graph needs to know who is calling. */
export interface OwnIdentity {
  readonly credentials: CredentialStore;
  /** What all gateways of this database have let callers spend. */
  readonly budgets: BudgetStore;
  /** Overrides of the gateway's settings; what was set is left as it is. */
  readonly settings: Pick<GatewaySettings, 'kinds' | 'priorities' | 'issuers' | 'subgraphSecret' | 'credentialKey'>;
  close(): Promise<void>;
}

/**
 * Opens it: the kinds of callers, API keys and device tokens from the gateway's tables, the secrets of this machine, and outside of
 * production the development issuer beside those that are set. The database need not answer yet.
 */
export async function openOwnIdentity(
  settings: GatewaySettings,
  database: Pick<OpenDatabase, 'urlOf'>,
): Promise<OwnIdentity> {
  const { isProduction } = readCommandConfig();
  const { subgraphSecret, credentialKey, kinds, priorities = ownPriorities } = settings;
  const secret = await readMachineSecret('subgraph-secret', subgraphSecret, 'GATEWAY_SUBGRAPH_SECRET');
  const key = await readMachineSecret('credential-key', credentialKey, 'GATEWAY_CREDENTIAL_KEY');
  const development = isProduction ? [] : [(await openDevelopmentIssuer()).settings];
  const { db, close } = connectAs(database.urlOf('gateway'), 'gateway', { poolSize: 2 });
  return {
    credentials: createCredentialStore(db),
    budgets: createBudgetStore(db),
    settings: {
      kinds: { ...kindsSchema.parse(ownKinds), ...kinds },
      priorities,
      issuers: [...settings.issuers, ...issuersSchema.parse(development)],
      subgraphSecret: secret,
      credentialKey: key,
    },
    close,
  };
}

/** Where the gateway's tables are, without asking whether the database answers; undefined for the embedded one, which must be opened. */
export function findGatewayDatabase(): Pick<OpenDatabase, 'urlOf'> | undefined {
  const { url, ownerUrls } = readDatabaseConfig();
  const gatewayUrl = ownerUrls.gateway ?? url;
  return gatewayUrl === undefined ? undefined : { urlOf: () => gatewayUrl };
}
