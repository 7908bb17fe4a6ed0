import { userInputError } from '../shared/public-error.ts';
import type { ChannelTime } from './queries/count-channel-customers.ts';

const dayMs = 24 * 60 * 60 * 1000;
const maxYears = 10;

/** The time from the first day to the last, both whole and in UTC. Throws BAD_USER_INPUT for a backward one, or over ten years. */
export function readChannelTime(channelId: string, from: string, to: string): ChannelTime {
  const start = new Date(`${from}T00:00:00Z`);
  const lastDay = new Date(`${to}T00:00:00Z`);
  if (lastDay < start) throw userInputError('`to` is before `from`.');
  const limit = new Date(start);
  limit.setUTCFullYear(limit.getUTCFullYear() + maxYears);
  if (lastDay > limit) throw userInputError(`\`to\` is more than ${maxYears} years after \`from\`.`);
  return { channelId, start, end: new Date(lastDay.getTime() + dayMs) };
}
