import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuditLog } from '../telemetry/audit-log.ts';
import { requireAdminToken } from './admin-token.ts';

/** The largest supergraphs known are some megabytes. */
const maxSupergraphBytes = 32 * 1024 * 1024;

export interface AdminRoutesOptions {
  readonly token: string;
  readonly audit: Pick<AuditLog, 'admin'>;
  /** Swaps to a pushed supergraph. Throws SUPERGRAPH_INVALID and keeps the old one. */
  readonly offer: (sdl: string) => Promise<{ readonly id: string }>;
}

/** `POST /admin/supergraph`: the SDL as the body (`application/graphql` or `text/plain`), answered when it is in service. */
export function addAdminRoutes(app: FastifyInstance, { token, audit, offer }: AdminRoutesOptions): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      ['application/graphql', 'text/plain'],
      { parseAs: 'string', bodyLimit: maxSupergraphBytes },
      async (_request: FastifyRequest, text: string) => text,
    );
    // Before the body: nobody else makes us read 32 MiB.
    scope.addHook('onRequest', async (request) => requireAdminToken(request, token, audit));
    scope.post('/admin/supergraph', async (request) => {
      const { id } = await offer(String(request.body ?? '')).catch((error: unknown) => {
        audit.admin('POST /admin/supergraph', request.id, { isRefused: false, reason: 'the supergraph was refused' });
        throw error;
      });
      audit.admin('POST /admin/supergraph', request.id, { isRefused: false, reason: `in service: ${id}` });
      return { supergraph: id };
    });
  });
}
