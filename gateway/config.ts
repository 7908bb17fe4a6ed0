import { readFile } from 'node:fs/promises';
import { parse as parseYaml } from 'yaml';
import type { z } from 'zod';
import { type CallerClass, callerClasses } from './identity/principal.ts';
import { type LimitName, limitEnv, limitTable } from './settings/limit-table.ts';
import { whole } from './settings/setting.ts';
import { settingsTable, type TableSettings } from './settings/settings-table.ts';
import type { RequestLimits } from './transport/request-limits.ts';

/** Every setting of a gateway, read and checked. */
export interface GatewaySettings extends Omit<TableSettings, 'introspection'> {
  readonly introspection: boolean;
  readonly limits: Readonly<Record<CallerClass, RequestLimits>>;
}

export interface SettingsSources {
  /** A YAML or JSON file with the settings by name; limits under `limits: {anonymous: {tokens: …}}`. */
  readonly configFile?: string | undefined;
  /** Wins over the environment: what the command line says. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Reads the settings: command line, then environment, then file, then default. Throws an Error that names every wrong one. */
export async function readSettings(sources: SettingsSources = {}): Promise<GatewaySettings> {
  const file = sources.configFile === undefined ? {} : readObject(await readFile(sources.configFile, 'utf8'));
  return resolveSettings(file, sources.env ?? process.env, sources.overrides ?? {});
}

/** The same without a file: `env` defaults to nothing, so that a test or an embedding program says what it wants. */
export function resolveSettings(
  file: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string | undefined>> = {},
  overrides: Readonly<Record<string, unknown>> = {},
): GatewaySettings {
  const problems = findUnknown(file, 'in the file').concat(findUnknown(overrides, 'in the options'));
  const read = <Output>(name: string, schema: z.ZodType<Output>, value: unknown): Output | undefined => {
    const result = schema.safeParse(value);
    if (!result.success) problems.push(`${name}: ${result.error.issues.map((issue) => issue.message).join('; ')}`);
    return result.data;
  };
  const values: Record<string, unknown> = {};
  for (const [name, row] of Object.entries(settingsTable)) {
    values[name] = read(name, row.schema as z.ZodType, overrides[name] ?? fromEnv(env, row.env) ?? file[name]);
  }
  const introspection = values.introspection === 'auto' ? env.NODE_ENV !== 'production' : values.introspection;
  const limits = Object.fromEntries(
    callerClasses.map((caller, column) => {
      const limitsOfCaller: Record<string, unknown> = { isIntrospectionAllowed: introspection };
      for (const [name, row] of Object.entries(limitTable)) {
        const given =
          readLimit(overrides, caller, name) ?? fromEnv(env, limitEnv(caller, name)) ?? readLimit(file, caller, name);
        limitsOfCaller[name] = read(`limits.${caller}.${name}`, whole(row.values[column] ?? 0, 1), given);
      }
      return [caller, limitsOfCaller];
    }),
  );
  if (values.metrics === 'admin' && values.adminToken === undefined) {
    problems.push('metrics: "admin" needs an adminToken');
  }
  if (values.documentMode === 'only' && values.documentManifest === undefined) {
    problems.push('documentMode: "only" needs a documentManifest');
  }
  if (values.documentMode === 'learn' && values.learnedDocuments === undefined) {
    problems.push('documentMode: "learn" needs learnedDocuments, a file to write to');
  }
  if (problems.length > 0) throw new Error(`The gateway's settings are wrong:\n  ${problems.join('\n  ')}`);
  return { ...values, introspection, limits } as unknown as GatewaySettings;
}

/** An empty variable is one that is not set: a compose file cannot leave one out. */
function fromEnv(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name];
}

function readLimit(source: Readonly<Record<string, unknown>>, caller: CallerClass, name: string): unknown {
  const limits = source.limits;
  const row = isObject(limits) ? limits[caller] : undefined;
  return isObject(row) ? row[name as LimitName] : undefined;
}

/** A mistyped setting must not be silently without effect. */
function findUnknown(source: Readonly<Record<string, unknown>>, place: string): string[] {
  const unknown = Object.keys(source).filter((name) => name !== 'limits' && !Object.hasOwn(settingsTable, name));
  const limits = isObject(source.limits) ? source.limits : {};
  for (const [caller, row] of Object.entries(limits)) {
    if (!(callerClasses as readonly string[]).includes(caller)) unknown.push(`limits.${caller}`);
    for (const name of Object.keys(isObject(row) ? row : {})) {
      if (!Object.hasOwn(limitTable, name)) unknown.push(`limits.${caller}.${name}`);
    }
  }
  return unknown.map((name) => `${name}: there is no such setting (${place})`);
}

/** JSON is YAML: one parser reads both. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = parseYaml(text);
  if (value === null) return {};
  if (!isObject(value)) throw new Error('The configuration file must hold an object of settings.');
  return value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
