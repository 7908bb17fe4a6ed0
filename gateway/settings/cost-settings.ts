import { z } from 'zod';
import { flag, type Setting, setting, whole } from './setting.ts';

/** What operations may cost, and whether they are told. */
export const costSettings = {
  cost: setting(
    'GATEWAY_COST',
    z.enum(['auto', 'enforce', 'report', 'off']).default('auto'),
    'Whether operations are refused by their cost (the limit `cost`). `auto`: in a graph that says what things cost, by `@cost` and `@listSize`; `enforce`: in every graph; `report` counts and tells, and refuses nothing.',
  ),
  costListSize: setting(
    'GATEWAY_COST_LIST_SIZE',
    whole(10),
    'Items that a list is assumed to have which nothing is said of.',
  ),
  costExtension: setting(
    'GATEWAY_COST_EXTENSION',
    flag(true),
    'Whether an answer tells what it cost, in `extensions.cost`; only where costs are counted.',
  ),
} as const satisfies Record<string, Setting>;
