import { readFile, writeFile } from 'node:fs/promises';
import { renderSettingsTable } from './settings/render-settings-table.ts';

/** `node gateway/render-settings.ts` writes the settings table into the README; a test fails when it is stale. */
const readme = new URL('./README.md', import.meta.url);
const text = await readFile(readme, 'utf8');
await writeFile(
  readme,
  text.replace(
    /(<!-- settings -->\n)[\s\S]*?(\n<!-- \/settings -->)/,
    (_all, before, after) => before + renderSettingsTable() + after,
  ),
);
