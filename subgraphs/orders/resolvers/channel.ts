import { userInputError } from '../../shared/public-error.ts';
import { isStorableText } from '../../shared/storable-text.ts';
import { mayReadChannel } from '../may-read.ts';
import type { ChannelResolvers } from '../resolver-types.generated.ts';

const dayMs = 24 * 60 * 60 * 1000;
const maxYears = 10;

export const channelResolvers = {
  __resolveReference: ({ id }) => (typeof id === 'string' ? { id } : null),
  sales(channel, { from, to }, { loaders, caller }) {
    const time = readDays(from, to);
    return isStorableText(channel.id) && mayReadChannel(caller, channel.id)
      ? loaders.sales.load({ channelId: channel.id, ...time })
      : null;
  },
} satisfies ChannelResolvers;

/** The time from the beginning of a day to the end of another, both in UTC. */
function readDays(from: string, to: string): { readonly fromSeconds: number; readonly untilSeconds: number } {
  const fromMs = Date.parse(`${from}T00:00:00Z`);
  const toMs = Date.parse(`${to}T00:00:00Z`);
  if (toMs < fromMs) throw userInputError('`to` is before `from`.');
  const latest = new Date(fromMs);
  latest.setUTCFullYear(latest.getUTCFullYear() + maxYears);
  if (toMs > latest.getTime()) throw userInputError(`Ask for at most ${maxYears} years.`);
  return { fromSeconds: fromMs / 1000, untilSeconds: (toMs + dayMs) / 1000 };
}
