import { userInputError } from '../../shared/public-error.ts';
import type { AlertScope } from '../alerts/stock-alert.ts';
import type { ThresholdChange, ThresholdChanges } from '../commands/set-stock-thresholds.ts';
import type { SetStockThresholdsInput, StockThresholdInput } from '../resolver-types.generated.ts';
import { readList, readName, readNumber, readOptionalName } from './read-values.ts';

const maxUnits = 1_000_000;

/** The thresholds of a setStockThresholds; throws BAD_USER_INPUT, also when a SKU stands there twice. */
export function readThresholds(input: SetStockThresholdsInput): ThresholdChanges {
  const scope = readAlertScope(input);
  const changes = readList('thresholds', input.thresholds, 500).map(readThreshold);
  if (new Set(changes.map(({ sku }) => sku)).size < changes.length) {
    throw userInputError('Each SKU has one threshold in a request.');
  }
  return { scope, changes };
}

/** The location or channel that an input names, exactly one; throws BAD_USER_INPUT. */
export function readAlertScope(named: {
  readonly location?: string | null | undefined;
  readonly channel?: string | null | undefined;
}): AlertScope {
  const location = readOptionalName('location', named.location);
  const channel = readOptionalName('channel', named.channel);
  if (location !== null && channel === null) return { kind: 'LOCATION', id: location };
  if (channel !== null && location === null) return { kind: 'CHANNEL', id: channel };
  throw userInputError('Give either a location or a channel.');
}

function readThreshold(given: StockThresholdInput): ThresholdChange {
  const { low, margin, backInStockAt, expectedVersion } = given;
  return {
    sku: given.sku == null ? '' : readName('sku', given.sku),
    rule:
      low == null
        ? null
        : {
            low: readNumber('low', low, 0, maxUnits),
            margin: readNumber('margin', margin ?? 1, 1, maxUnits),
            backInStockAt: readNumber('backInStockAt', backInStockAt ?? 1, 1, maxUnits),
          },
    expectedVersion: expectedVersion ?? undefined,
  };
}
