import type { InteractionResolvers } from '../resolver-types.generated.ts';

export const interactionResolvers = {
  channel: ({ channelId }) => ({ id: channelId }),
} satisfies InteractionResolvers;
