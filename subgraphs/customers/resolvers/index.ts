import { dateScalar, dateTimeScalar } from '../../shared/scalars.ts';
import { channelResolvers } from './channel.ts';
import { customerResolvers } from './customer.ts';
import { interactionResolvers } from './interaction.ts';
import { queryResolvers } from './query.ts';

/** Every resolver of the customers graph. */
export const resolvers = {
  DateTime: dateTimeScalar,
  Date: dateScalar,
  Query: queryResolvers,
  Customer: customerResolvers,
  Interaction: interactionResolvers,
  Channel: channelResolvers,
};
