import type { FastifyInstance } from 'fastify';

export interface Health {
  readonly phase: string;
  /** A supergraph is loaded, and the gateway is not closing. Subgraphs do not count: their fields fail alone. */
  readonly isReady: boolean;
  readonly supergraphId: string | undefined;
}

/** `/health/live`: the process can answer. `/health/ready`: send it requests. */
export function addHealthRoutes(app: FastifyInstance, read: () => Health): void {
  app.get('/health/live', async (_request, reply) => {
    void reply.header('cache-control', 'no-store');
    return { status: 'alive' };
  });
  app.get('/health/ready', async (_request, reply) => {
    const { isReady, phase, supergraphId } = read();
    void reply.header('cache-control', 'no-store').code(isReady ? 200 : 503);
    return { status: isReady ? 'ready' : 'not ready', phase, supergraph: supergraphId ?? null };
  });
}
