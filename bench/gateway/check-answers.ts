import { isDeepStrictEqual } from 'node:util';
import { postGraphql, type RunningGateway } from '../rig/gateways/start-gateway.ts';
import { pagesDocument, pageVariables } from './workloads/documents.ts';
import { strangerDocument } from './workloads/stranger-documents.ts';
import type { Workload } from './workloads/workloads.ts';

/** Numbered requests compared for each workload that has ever new ones. */
const comparedNumbers = 40;

/**
 * Sends every gateway what the workload sends and compares the data: speed with another answer is no speed.
 * Returns the answer's length in bytes, by gateway; it is the same in every later answer. Throws with the first difference.
 */
export async function checkAnswers(
  workload: Workload,
  gateways: readonly RunningGateway[],
): Promise<readonly number[]> {
  const bodies = [workload.body, ...moreBodies(workload)];
  const lengths: number[] = [];
  for (const [i, body] of bodies.entries()) {
    const answers = await Promise.all(gateways.map(({ port }) => postGraphql(port, body)));
    const [expected] = answers;
    for (const [j, { status, text }] of answers.entries()) {
      const title = `${gateways[j]?.kind.title}, workload ${workload.name}`;
      if (status !== 200 || text.includes('"errors"')) throw new Error(`${title}: ${status} ${text.slice(0, 500)}`);
      if (!isDeepStrictEqual(readData(text), readData(expected?.text ?? ''))) {
        throw new Error(
          `${title}: the answer to ${body.slice(0, 200)} differs from that of ${gateways[0]?.kind.title}.`,
        );
      }
      if (i === 0) lengths.push(Buffer.byteLength(text));
    }
  }
  return lengths;
}

function moreBodies({ name }: Workload): readonly string[] {
  const numbers = Array.from({ length: comparedNumbers }, (_, i) => i);
  if (name === 'variables') {
    return numbers.map((i) => JSON.stringify({ query: pagesDocument, variables: pageVariables(i) }));
  }
  return name === 'strangers' ? numbers.map((i) => JSON.stringify({ query: strangerDocument(i) })) : [];
}

function readData(text: string): unknown {
  return (JSON.parse(text) as { readonly data: unknown }).data;
}
