import { callerClasses } from '../identity/principal.ts';
import { limitEnv, limitTable } from './limit-table.ts';
import { settingsTable } from './settings-table.ts';

/** The settings as Markdown, for gateway/README.md; a test keeps the two the same. */
export function renderSettingsTable(): string {
  const rows = Object.entries(settingsTable).map(([name, { env, schema, meaning }]) => {
    const fallback = schema.safeParse(undefined).data;
    return `| \`${name}\` | \`${env}\` | ${renderDefault(fallback)} | ${meaning} |`;
  });
  const limits = Object.entries(limitTable).map(
    ([name, { values, meaning }]) => `| \`${name}\` | ${values.join(' | ')} | ${meaning} |`,
  );
  return [
    '| setting | environment | default | meaning |',
    '|---|---|---|---|',
    ...rows,
    '',
    `Limits of one request, by class of caller: \`limits: {anonymous: {tokens: 500}}\` in the file, or \`${limitEnv('anonymous', 'tokens')}\`.`,
    '',
    `| limit | ${callerClasses.join(' | ')} | meaning |`,
    `|---|${callerClasses.map(() => '---').join('|')}|---|`,
    ...limits,
  ].join('\n');
}

function renderDefault(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '–';
  if (Array.isArray(value)) return value.map((item) => `\`${item}\``).join(' ');
  return typeof value === 'object' ? '–' : `\`${String(value)}\``;
}
