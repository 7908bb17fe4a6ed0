/** What our gateway says of its live operations. */
export interface LiveMetrics {
  /** Open now, and begun since the start. */
  readonly upstreams: number;
  readonly upstreamsBegun: number;
  /** Requests to subgraphs. */
  readonly subgraphRequests: number;
  /** Events enriched. */
  readonly enrichments: number;
  /** Clients whose start was in memory. */
  readonly fromMemory: number;
}

/** Reads the metrics of our gateway. */
export async function readMetrics(port: number): Promise<LiveMetrics> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { connection: 'close' } });
  const lines = (await response.text()).split('\n');
  const sum = (name: string, label = '') => {
    const found = lines.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{${label}`));
    return found.reduce((total, line) => total + Number(line.slice(line.lastIndexOf(' '))), 0);
  };
  return {
    upstreams: sum('gateway_live_upstreams'),
    upstreamsBegun: sum('gateway_live_upstreams_total'),
    subgraphRequests: sum('gateway_subgraph_requests_total'),
    enrichments: sum('gateway_live_enrichments_total'),
    fromMemory: sum('gateway_live_attached_total', 'from="memory"'),
  };
}
