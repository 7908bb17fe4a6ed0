import { z } from 'zod';
import { boundSettings } from './bound-settings.ts';
import { callerSettings } from './caller-settings.ts';
import { costSettings } from './cost-settings.ts';
import { documentSettings } from './document-settings.ts';
import { liveSettings } from './live-settings.ts';
import { servingSettings } from './serving-settings.ts';
import { type Setting, setting } from './setting.ts';

/** Every setting but the limits, in the order of the README. */
export const settingsTable = {
  ...servingSettings,
  ...callerSettings,
  ...documentSettings,
  ...costSettings,
  ...boundSettings,
  ...liveSettings,
  subgraphs: setting(
    'GATEWAY_SUBGRAPHS',
    z
      .union([z.string().transform(readPairs), z.record(z.string(), z.unknown())])
      .pipe(z.record(z.string(), z.strictObject({ url: z.url({ protocol: /^https?$/ }) })))
      .default({}),
    'Where subgraphs are, instead of what the supergraph says: `name=url,name=url`; in the file `subgraphs: {name: {url: …}}`.',
  ),
} as const satisfies Record<string, Setting>;

export type TableSettings = {
  readonly [Key in keyof typeof settingsTable]: z.output<(typeof settingsTable)[Key]['schema']>;
};

function readPairs(text: string): Record<string, { url: string }> {
  const pairs = text.split(',').map((pair): [string, { url: string }] => {
    const [name = '', url = ''] = pair.split(/=(.*)/s);
    return [name.trim(), { url: url.trim() }];
  });
  return Object.fromEntries(pairs.filter(([name]) => name !== ''));
}
