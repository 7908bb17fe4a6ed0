import { identityAndAccess } from './lines/access.ts';
import type { AttackLine } from './lines/attack-line.ts';
import { overHttp } from './lines/http.ts';
import { informationLeaks } from './lines/leaks.ts';
import { queryShape } from './lines/query-shape.ts';
import { overWebSocket } from './lines/sockets.ts';

/** Every line of the list of bad inputs, by what it is about. */
export const attackSections: Readonly<Record<string, readonly AttackLine[]>> = {
  'Shape of a query': queryShape,
  HTTP: overHttp,
  'What answers and logs give away': informationLeaks,
  'Identity and access': identityAndAccess,
  WebSocket: overWebSocket,
};

/** The list as a page of Markdown, as it stands in test/attacks/README.md. */
export function renderAttackLines(): string {
  return Object.entries(attackSections)
    .flatMap(([title, lines]) => [
      `## ${title}`,
      '',
      '| line | what arrives | what it gets | by | tested in |',
      '|---|---|---|---|---|',
      ...lines.map((line) => `| ${[line.id, line.arrives, line.gets, line.roads, placesOf(line)].join(' | ')} |`),
      '',
    ])
    .join('\n');
}

function placesOf({ tests }: AttackLine): string {
  const files = new Set(tests.map(([file]) => file));
  return Array.from(files, (file) => `[${file.split('/').at(-1)}](../../${file})`).join(', ');
}
