import type { gatewayKinds } from '../gateways/gateways.ts';
import type { SourceSpec } from '../load/load-spec.ts';
import { deepDocument, listDocument, pagesDocument, pageVariables, smallDocument } from './documents.ts';

export type GatewayName = (typeof gatewayKinds)[number]['name'];

/** What is sent, to whom, and what the table says about it. */
export interface Workload {
  readonly name: 'deep' | 'small' | 'list' | 'variables' | 'strangers' | 'deep-in-process' | 'small-in-process';
  readonly title: string;
  /** The body that shows whether all gateways answer alike; also what is sent when every request is the same. */
  readonly body: string;
  readonly gateways: readonly GatewayName[];
  /** Whether a row for calling the subgraphs directly is measured. */
  readonly hasDirectRow: boolean;
  /** Whether the subgraphs work out each answer, as in process; else they answer an equal request from memory. */
  readonly subgraphsWork: boolean;
}

const everybody: readonly GatewayName[] = ['stock', 'hive', 'hive-router', 'ours', 'ours-sharing'];
const peersToo = { gateways: everybody, hasDirectRow: true, subgraphsWork: false } as const;
const bothForms = { gateways: ['ours', 'ours-in-process'], hasDirectRow: false, subgraphsWork: true } as const;

function toBody(query: string, variables?: object): string {
  return JSON.stringify(variables === undefined ? { query } : { query, variables });
}

/** All workloads, in the order of the tables. */
export const workloads: readonly Workload[] = [
  { ...peersToo, name: 'deep', title: 'Deep: four subgraphs, many repeated entities', body: toBody(deepDocument) },
  { ...peersToo, name: 'small', title: 'Small: two subgraphs', body: toBody(smallDocument) },
  { ...peersToo, name: 'list', title: 'List of 100 with entity fetches', body: toBody(listDocument) },
  {
    ...peersToo,
    name: 'variables',
    title: 'List of 100, different variables in every request',
    body: toBody(pagesDocument, pageVariables(1)),
    hasDirectRow: false,
  },
  {
    ...peersToo,
    name: 'strangers',
    title: 'A known document (small) while 10,000 distinct ones flow',
    body: toBody(smallDocument),
    gateways: ['stock', 'hive', 'ours-sharing'],
    hasDirectRow: false,
  },
  { ...bothForms, name: 'deep-in-process', title: 'Deep: in process against HTTP', body: toBody(deepDocument) },
  { ...bothForms, name: 'small-in-process', title: 'Small: in process against HTTP', body: toBody(smallDocument) },
];

/** How a workload's requests are made; `first` keeps numbered ones apart from all that were sent before. */
export function toSource(workload: Workload, path: string, first: number): SourceSpec {
  if (workload.name === 'variables') return { kind: 'pages', path, first };
  return { kind: 'fixed', requests: [{ path, body: workload.body }] };
}
