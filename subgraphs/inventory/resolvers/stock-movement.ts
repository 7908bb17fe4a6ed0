import { toCallersKey } from '../../shared/idempotency.ts';
import type { StockMovementResolvers } from '../resolver-types.generated.ts';

export const stockMovementResolvers = {
  id: (movement) => Buffer.from(`movement/${movement.id}`).toString('base64url'),
  onHandAfter: (movement) => movement.on_hand_after,
  allocatedAfter: (movement) => movement.allocated_after,
  heldAfter: (movement) => movement.held_after,
  occurredAt: (movement) => movement.occurred_at,
  recordedAt: (movement) => movement.recorded_at,
  cause: (movement) => ({ kind: movement.cause_kind, id: toCallersKey(movement.cause_id) }),
} satisfies StockMovementResolvers;
