/** Who may import whom: the table of architecture, first match wins. Paths are from the root of the project. */
export interface ImportRule {
  /** The files the rule is for. */
  readonly from: RegExp;
  /** What they may import of ours, besides their own folder (the part of the path that `from` matched). */
  readonly may: readonly RegExp[];
}

const gatewayErrors = /^gateway\/errors\.ts$/;
const basics = /^gateway\/(errors\.ts$|basics\/)/;
const supergraph = /^gateway\/supergraph\//;
const planning = /^gateway\/planning\//;
const execution = /^gateway\/execution\//;
const subgraphClient = /^gateway\/subgraph-client\//;
const live = /^gateway\/live\//;
const identity = /^gateway\/identity\//;
const telemetry = /^gateway\/telemetry\//;
const cost = /^gateway\/cost\//;
const documents = /^gateway\/documents\//;
const pipeline = /^gateway\/request-pipeline\.ts$/;
const gatewayConfig = /^gateway\/config\.ts$/;
const identitySettings = /^gateway\/identity\/(principal|identity-settings)\.ts$/;
const identityPrincipal = /^gateway\/identity\/principal\.ts$/;
const requestLimits = /^gateway\/transport\/request-limits\.ts$/;
const overload = /^gateway\/overload\//;
const prioritySettings = /^gateway\/overload\/priority-settings\.ts$/;
const gatewaySettings = /^gateway\/settings\//;

export const importRules: readonly ImportRule[] = [
  { from: /^schema\//, may: [] },
  { from: /^db\//, may: [] },
  { from: /^import\//, may: [] },
  { from: /^clients\//, may: [] },
  { from: /^subgraphs\/shared\//, may: [/^db\/transaction\.ts$/, /^db\/change-feed\//] },
  { from: /^subgraphs\/(\w+)\//, may: [/^subgraphs\/shared\//, /^db\//] },
  { from: gatewayErrors, may: [] },
  { from: /^gateway\/basics\//, may: [gatewayErrors] },
  { from: gatewaySettings, may: [identitySettings, requestLimits, prioritySettings] },
  { from: gatewayConfig, may: [gatewaySettings, identitySettings, requestLimits, basics] },
  { from: supergraph, may: [basics] },
  { from: subgraphClient, may: [basics] },
  { from: identity, may: [basics] },
  { from: overload, may: [basics] },
  { from: documents, may: [/^gateway\/supergraph\/watch-file\.ts$/, basics] },
  { from: planning, may: [supergraph, basics] },
  { from: cost, may: [planning, supergraph, identityPrincipal, basics] },
  { from: execution, may: [planning, subgraphClient, basics] },
  { from: live, may: [execution, planning, supergraph, subgraphClient, basics] },
  { from: telemetry, may: [gatewayErrors, gatewayConfig] },
  { from: pipeline, may: [cost, live, execution, planning, subgraphClient, supergraph, identity, basics] },
  {
    from: /^gateway\/transport\//,
    may: [pipeline, documents, live, identity, overload, supergraph, telemetry, gatewayConfig, basics],
  },
  { from: /^gateway\//, may: [/^gateway\//] },
  { from: /^(oneshelf\.ts|cli\/)/, may: [/^(schema|db|gateway|subgraphs|import|cli)\//] },
  { from: /^web\//, may: [/^schema\/operations\//] },
];

/** Import specifiers in a TypeScript source: static, dynamic, type-only and re-exports. */
export function importsOf(source: string): string[] {
  const pattern = /(?:\bfrom\s*|\bimport\s*\(?\s*)(['"])([^'"]+)\1/g;
  return [...source.matchAll(pattern)].map((match) => match[2] ?? '');
}

/** Why a file may not import another; undefined when it may. */
export function importFault(file: string, imported: string): string | undefined {
  const rule = importRules.find((candidate) => candidate.from.test(file));
  if (rule === undefined) return `${file} is in no room of the house: add its folder to test/check/import-rules.ts.`;
  const own = rule.from.exec(file)?.[0];
  if (own !== undefined && imported.startsWith(own)) return undefined;
  if (rule.may.some((allowed) => allowed.test(imported))) return undefined;
  return `${file} may not import ${imported}.`;
}
