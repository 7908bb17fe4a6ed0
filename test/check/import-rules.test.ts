import { readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importFault, importsOf } from './import-rules.ts';
import { projectRoot, sourceFiles } from './source-files.ts';

describe('import rules', () => {
  const files = sourceFiles().filter((file) => !/^(test|bench|vitest\.(long\.|check\.)?config)/.test(file));

  test('no file imports what its room may not', () => {
    expect(files.length).toBeGreaterThan(20);
    const faults = files.flatMap((file) =>
      importsOf(readFileSync(join(projectRoot, file), 'utf8'))
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => importFault(file, normalize(join(file, '..', specifier))))
        .filter((fault) => fault !== undefined),
    );
    expect(faults).toEqual([]);
  });

  test('the rules see what they are there to see', () => {
    expect(importFault('gateway/planning/x.ts', 'gateway/transport/y.ts')).toMatch(/may not import/);
    expect(importFault('subgraphs/orders/x.ts', 'subgraphs/products/y.ts')).toMatch(/may not import/);
    expect(importFault('subgraphs/orders/x.ts', 'subgraphs/orders/commands/y.ts')).toBeUndefined();
    expect(importFault('gateway/live/x.ts', 'subgraphs/shared/y.ts')).toMatch(/may not import/);
    expect(importFault('attic/x.ts', 'attic/y.ts')).toMatch(/no room/);
    expect(
      importsOf(`import a from './a.ts';\nexport * from "./b.ts"; await import('./c.ts'); import './d.ts'`),
    ).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts']);
  });

  test('only a config.ts reads the environment, only the command line touches signals and exit', () => {
    const faults = files.flatMap((file) => {
      const source = readFileSync(join(projectRoot, file), 'utf8');
      // A process.ts is the whole of a child process, which ends when its parent is gone.
      const isCommandLine = /^(oneshelf\.ts|cli\/)|-process\.ts$/.test(file);
      return [
        !/(config|build)\.ts$/.test(file) && /process\.env\b/.test(source) ? `${file} reads process.env` : undefined,
        !isCommandLine && /process\.(exit\(|on\(\s*['"]SIG)/.test(source)
          ? `${file} touches exit or signals`
          : undefined,
        !/(^|\/)locks\.ts$/.test(file) &&
        /\bFOR (NO KEY )?UPDATE\b/i.test(withoutComments(source)) &&
        /^subgraphs\//.test(file)
          ? `${file} locks rows`
          : undefined,
      ].filter((fault) => fault !== undefined);
    });
    expect(faults).toEqual([]);
  });
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
}
