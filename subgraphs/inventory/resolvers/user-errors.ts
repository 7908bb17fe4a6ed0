import type {
  HoldNotActiveResolvers,
  IdempotencyKeyReusedResolvers,
  InsufficientStockResolvers,
  NotFoundResolvers,
  OutOfRangeResolvers,
  StockAlternativeResolvers,
  TransferClosedResolvers,
  UserErrorResolvers,
  VersionConflictResolvers,
} from '../resolver-types.generated.ts';
import type { StockProblem } from '../stock-problem.ts';
import { findReadyBy } from './pickup-option.ts';

const typeNames = {
  INSUFFICIENT_STOCK: 'InsufficientStock',
  HOLD_NOT_ACTIVE: 'HoldNotActive',
  NOT_FOUND: 'NotFound',
  OUT_OF_RANGE: 'OutOfRange',
  TRANSFER_CLOSED: 'TransferClosed',
  VERSION_CONFLICT: 'VersionConflict',
  IDEMPOTENCY_KEY_REUSED: 'IdempotencyKeyReused',
} as const satisfies Record<StockProblem['kind'], string>;

/** A problem's kind is its code; what people read is made from what it holds. */
const shared = { code: (problem: StockProblem) => problem.kind, message: toMessage };

function toMessage(problem: StockProblem): string {
  switch (problem.kind) {
    case 'INSUFFICIENT_STOCK':
      return `Only ${problem.availableToSell} of ${problem.sku} can be had, not ${problem.quantity}.`;
    case 'HOLD_NOT_ACTIVE':
      return `The hold has ended: ${problem.state.toLowerCase()}.`;
    case 'NOT_FOUND':
      return `There is no such ${problem.what.toLowerCase()}.`;
    case 'TRANSFER_CLOSED':
      return 'All that was sent has been received, or given up.';
    case 'OUT_OF_RANGE':
      return problem.message;
    case 'VERSION_CONFLICT':
      return `It was changed meanwhile: its version is ${problem.currentVersion}.`;
    case 'IDEMPOTENCY_KEY_REUSED':
      return 'This idempotencyKey was used for something else. Use a new one for a new request.';
    default:
      return problem satisfies never;
  }
}

export const userErrorResolvers = {
  UserError: { __resolveType: (problem) => typeNames[problem.kind] } satisfies UserErrorResolvers,
  InsufficientStock: {
    ...shared,
    alternatives: (problem, _arguments, { loaders }) => loaders.alternatives.load(problem),
  } satisfies InsufficientStockResolvers,
  StockAlternative: {
    kind: () => 'OTHER_LOCATION',
    readyBy: (alternative, _arguments, context) => findReadyBy(alternative, context),
  } satisfies StockAlternativeResolvers,
  HoldNotActive: shared satisfies HoldNotActiveResolvers,
  NotFound: shared satisfies NotFoundResolvers,
  OutOfRange: shared satisfies OutOfRangeResolvers,
  TransferClosed: shared satisfies TransferClosedResolvers,
  VersionConflict: shared satisfies VersionConflictResolvers,
  IdempotencyKeyReused: shared satisfies IdempotencyKeyReusedResolvers,
};
