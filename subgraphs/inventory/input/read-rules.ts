import { userInputError } from '../../shared/public-error.ts';
import type { BackOrderRule } from '../commands/set-channel-back-order.ts';
import type { BufferRule } from '../commands/set-channel-buffer.ts';
import type { QuotaRule } from '../commands/set-channel-quota.ts';
import type {
  SetChannelBackOrderInput,
  SetChannelBufferInput,
  SetChannelQuotaInput,
} from '../resolver-types.generated.ts';
import { readName, readNumber, readOptionalName } from './read-values.ts';

const maxAmount = { UNITS: 1_000_000, PER_CENT: 100, DAYS_OF_COVER: 365 } as const;

/** The rule of a setChannelBuffer; throws BAD_USER_INPUT. */
export function readBufferRule(input: SetChannelBufferInput): BufferRule {
  const kind = input.kind ?? 'UNITS';
  return {
    channelId: readName('channel', input.channel),
    sku: readOptionalName('sku', input.sku) ?? undefined,
    kind,
    amount: input.amount == null ? null : readNumber('amount', input.amount, 0, maxAmount[kind]),
    expectedVersion: input.expectedVersion ?? undefined,
    dryRun: input.dryRun ?? false,
  };
}

/** The rule of a setChannelBackOrder; throws BAD_USER_INPUT. */
export function readBackOrderRule(input: SetChannelBackOrderInput): BackOrderRule {
  const { units, location } = input;
  if (units != null && location == null) throw userInputError('location says where the goods will come in.');
  return {
    channelId: readName('channel', input.channel),
    sku: readName('sku', input.sku),
    terms:
      units == null || location == null
        ? null
        : {
            locationId: readName('location', location),
            units: readNumber('units', units, 0, 1_000_000),
            sellableFrom: input.sellableFrom ?? null,
            expectedAt: input.expectedAt ?? null,
          },
    expectedVersion: input.expectedVersion ?? undefined,
    dryRun: input.dryRun ?? false,
  };
}

/** The rule of a setChannelQuota; throws BAD_USER_INPUT. */
export function readQuotaRule(input: SetChannelQuotaInput): QuotaRule {
  if (input.endsAt <= input.startsAt) throw userInputError('endsAt is after startsAt.');
  return {
    channelId: readName('channel', input.channel),
    sku: readName('sku', input.sku),
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    units: readNumber('units', input.units, 0, 1_000_000),
    expectedVersion: input.expectedVersion ?? undefined,
    dryRun: input.dryRun ?? false,
  };
}
