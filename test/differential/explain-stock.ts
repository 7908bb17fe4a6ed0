import { parse, print } from 'graphql';
import type { StockGateway } from './answer-stock.ts';
import type { Answer, OpenWorld } from './open-world.ts';
import type { PrintedOperation } from './print-operation.ts';
import type { Operation } from './rewrite/operation.ts';
import { stockDifferences } from './stock-differences.ts';
import type { Chaos } from './strike.ts';

/** Why stock's answer to an operation is not the merged schema's. */
export type StockVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'listed'; readonly reason: string }
  /** For no listed reason: with the smallest operation that stock is still wrong about. */
  | ({ readonly kind: 'unlisted' } & Difference);

/** Compares stock with the merged schema; where they differ, takes one listed cause after the other out of the operation. */
export async function explainStock(
  open: OpenWorld,
  stock: StockGateway,
  operation: PrintedOperation,
  chaos?: Chaos,
): Promise<StockVerdict> {
  let wrong = await compare(open, stock, operation, chaos);
  if (wrong === undefined) return { kind: 'right' };
  let current: readonly PrintedOperation[] = [{ ...operation, document: print(parse(operation.document)) }];
  for (const { cure, reason } of stockDifferences) {
    const cured = current.flatMap(({ document, variables }) =>
      cure({ document: parse(document), variables }, open.supergraph.apiSchema, open.world).map(toPrinted),
    );
    if (cured.map(({ document }) => document).join() === current.map(({ document }) => document).join()) continue;
    current = cured;
    wrong = undefined;
    for (const each of cured) wrong ??= await compare(open, stock, each, chaos);
    if (wrong === undefined) return { kind: 'listed', reason };
  }
  return { kind: 'unlisted', ...wrong };
}

function toPrinted({ document, variables }: Operation): PrintedOperation {
  return { document: print(document), variables };
}

interface Difference {
  readonly operation: PrintedOperation;
  readonly expected: string;
  readonly actual: string;
}

async function compare(
  open: OpenWorld,
  stock: StockGateway,
  operation: PrintedOperation,
  chaos?: Chaos,
): Promise<Difference | undefined> {
  const merged = await open.answerMerged(operation, chaos);
  // Refused before execution, since a variable cannot be coerced: stock leaves that to Apollo Server.
  if (merged.data === undefined) return undefined;
  const answer = await answerOrFail(stock, operation, chaos);
  const expected = inOneOrder(merged.data);
  const actual = typeof answer === 'string' ? answer : inOneOrder(answer.data ?? 'null');
  return expected === actual ? undefined : { operation, expected, actual };
}

async function answerOrFail(stock: StockGateway, operation: PrintedOperation, chaos: Chaos): Promise<Answer | string> {
  try {
    return await stock.answer(operation, chaos);
  } catch (error) {
    return `no answer: ${String(error)}`;
  }
}

/** Stock writes the fields of fragments before or after those beside them, so that their order says nothing. */
function inOneOrder(json: string): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, each]) => [key, sorted(each)]),
    );
  };
  return JSON.stringify(sorted(JSON.parse(json)));
}
