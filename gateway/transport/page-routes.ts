import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Path → directory of files that are built and never change while we run, such as `/explorer` → `web/dist/explorer`. */
export type Pages = Readonly<Record<string, string>>;

/**
 * Nothing from outside and no inline script, so that no nonce is needed: a script that got into a page cannot run. Editors insert style
 * elements; `frame-ancestors` keeps the page out of other people's frames.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy,
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=(), browsing-topics=()',
  'x-frame-options': 'DENY', // for browsers that do not know frame-ancestors
  'x-content-type-options': 'nosniff',
} as const;

/** Serves directories of static files. Hidden files and paths out of the directory are not found. */
export function addPageRoutes(app: FastifyInstance, pages: Pages): void {
  for (const [path, root] of Object.entries(pages)) {
    const prefix = `${path.replace(/\/$/, '')}/`;
    app.get(prefix.slice(0, -1), async (_request, reply) => reply.redirect(prefix)); // relative links need the slash
    app.register(fastifyStatic, {
      root,
      prefix,
      decorateReply: false,
      dotfiles: 'ignore',
      index: 'index.html',
      setHeaders(reply, filePath) {
        for (const [name, value] of Object.entries(pageHeaders)) void reply.header(name, value);
        // Built files carry a hash in their name; the page that names them must be asked for each time.
        const isHashed = /-[\w-]{8,}\.\w+$/.test(filePath);
        void reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
}
