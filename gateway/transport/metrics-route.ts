import type { FastifyInstance } from 'fastify';
import { requireAdminToken } from './admin-token.ts';

export interface MetricsRouteOptions {
  readonly contentType: string;
  readonly render: () => Promise<string>;
  /** When set, only who knows it may read. */
  readonly token: string | undefined;
}

/** `GET /metrics` in Prometheus' text format. */
export function addMetricsRoute(app: FastifyInstance, { contentType, render, token }: MetricsRouteOptions): void {
  app.get('/metrics', async (request, reply) => {
    if (token !== undefined) requireAdminToken(request, token);
    void reply.header('content-type', contentType).header('cache-control', 'no-store');
    return await render();
  });
}
