import type { FastifyInstance } from 'fastify';
import type { AuditLog } from '../telemetry/audit-log.ts';
import { requireAdminToken } from './admin-token.ts';

export interface MetricsRouteOptions {
  readonly contentType: string;
  readonly render: () => Promise<string>;
  /** When set, only who knows it may read. */
  readonly token: string | undefined;
  readonly audit: Pick<AuditLog, 'admin'>;
}

/** `GET /metrics` in Prometheus' text format. */
export function addMetricsRoute(
  app: FastifyInstance,
  { contentType, render, token, audit }: MetricsRouteOptions,
): void {
  app.get('/metrics', async (request, reply) => {
    if (token !== undefined) requireAdminToken(request, token, audit);
    void reply.header('content-type', contentType).header('cache-control', 'no-store');
    return await render();
  });
}
