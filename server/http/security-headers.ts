/**
 * The headers every answer carries: what a page of this server may load and do, which is only what comes from here, and
 * no script that is written into the page. A handler that sets a stricter policy of its own (files people uploaded, see
 * safe-file-headers.ts) keeps it.
 */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

const POLICY = 'content-security-policy';

export function securityHeaders(publicUrl: string | null): MiddlewareHandler {
  const ofPages = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      // Positions of virtual rows and drag previews are style attributes.
      styleSrcAttr: ["'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      manifestSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'same-origin',
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
    // Only where TLS is certain: over plain http the header would lock out a server without a certificate.
    strictTransportSecurity: publicUrl?.startsWith('https:') ? 'max-age=31536000' : false,
  });
  return async (c, next) => {
    let own: string | null = null;
    await ofPages(c, async () => {
      await next();
      own = c.res.headers.get(POLICY);
    });
    if (own !== null) c.res.headers.set(POLICY, own);
    if (isBehindTls(c.req.header('x-forwarded-proto'))) makeCookiesSecure(c.res.headers);
  };
}

/**
 * Whether a proxy says that the person came over https. Anybody can say so: it only ever makes their own cookies
 * stricter. Everything that relies on https being used (HSTS, links) follows PUBLIC_URL alone.
 */
function isBehindTls(forwardedProto: string | undefined): boolean {
  return forwardedProto?.split(',', 1)[0]?.trim().toLowerCase() === 'https';
}

function makeCookiesSecure(headers: Headers): void {
  const cookies = headers.getSetCookie();
  if (cookies.every((cookie) => /;\s*secure\b/i.test(cookie))) return;
  headers.delete('set-cookie');
  for (const cookie of cookies)
    headers.append('set-cookie', /;\s*secure\b/i.test(cookie) ? cookie : `${cookie}; Secure`);
}
