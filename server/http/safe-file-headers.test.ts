import fc from 'fast-check';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { safeFileHeaders, safeFileName } from './safe-file-headers.ts';
import { securityHeaders } from './security-headers.ts';

test.each([
  ['page.html', 'text/html'],
  ['page.xhtml', 'application/xhtml+xml'],
  ['logo.svg', 'image/svg+xml'],
  ['logo.svg', 'IMAGE/SVG+XML; charset=utf-8'],
  ['feed.xml', 'text/xml'],
  ['script.js', 'text/javascript'],
  ['style.css', 'text/css'],
  ['note.txt', 'text/plain'],
  ['nothing', ''],
  ['odd', 'image/png\r\nSet-Cookie: a=b'],
])('%s as %s is saved as bytes and never shown', (name, type) => {
  const headers = safeFileHeaders({ name, type });
  expect(headers['Content-Type']).toBe('application/octet-stream');
  expect(headers['Content-Disposition']).toMatch(/^attachment; /);
});

test('a picture that cannot hold a script is shown, in a sandbox like everything else', () => {
  for (const type of ['image/png', 'image/webp']) {
    const headers = safeFileHeaders({ name: 'photo', type });
    expect(headers['Content-Type']).toBe(type);
    expect(headers['Content-Disposition']).toMatch(/^inline; /);
    expect(headers['X-Content-Type-Options']).toBe('nosniff');
    expect(headers['Content-Security-Policy']).toContain("default-src 'none'; sandbox;");
  }
  expect(safeFileHeaders({ name: 'a.pdf', type: 'application/pdf' })['Content-Disposition']).toMatch(/^attachment/);
});

test.each([
  ['../../etc/passwd', '_.._etc_passwd'],
  ['C:\\Users\\a.txt', 'C__Users_a.txt'],
  ['a"; filename=b.html', 'a_; filename=b.html'],
  ['line\r\nbreak.txt', 'linebreak.txt'],
  ['invoice\u202egpj.exe', 'invoicegpj.exe'],
  ['...', 'file'],
  ['', 'file'],
  ['Angebot für Ærø.pdf', 'Angebot für Ærø.pdf'],
])('the name %j is handed out as %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

test('whatever a file is called and claims to be, its headers are headers and its name keeps its ending', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.string(), (name, type) => {
      const headers = new Headers(safeFileHeaders({ name, type }));
      expect(headers.get('content-disposition')).toMatch(
        /^(inline|attachment); filename="[ !#-[\]-~]*"; filename\*=UTF-8''[\w.~%-]+$/,
      );
      expect(safeFileName(`${'x'.repeat(300)}.pdf`)).toMatch(/\.pdf$/);
    }),
  );
});

test('the sandbox of a file is kept where every other answer gets the policy of pages', async () => {
  const app = new Hono();
  app.use(securityHeaders(null));
  app.get('/file', (c) => c.body('<script>', 200, safeFileHeaders({ name: 'a.html', type: 'text/html' })));
  app.get('/page', (c) => c.text('page'));
  const policy = async (path: string) => (await app.request(path)).headers.get('content-security-policy');
  expect(await policy('/file')).toBe("default-src 'none'; sandbox; frame-ancestors 'none'");
  expect(await policy('/page')).toContain("script-src 'self';");
  expect(await policy('/page')).not.toMatch(/script-src[^;]*unsafe/);
});

test('cookies are secure when a proxy says that the person came over https, and HSTS follows PUBLIC_URL alone', async () => {
  const app = new Hono();
  app.use(securityHeaders(null));
  app.get('/', (c) => {
    c.header('set-cookie', 'one=1; HttpOnly', { append: true });
    c.header('set-cookie', 'two=2; Secure', { append: true });
    return c.text('');
  });
  const plain = await app.request('/');
  expect(plain.headers.getSetCookie()).toEqual(['one=1; HttpOnly', 'two=2; Secure']);
  const proxied = await app.request('/', { headers: { 'x-forwarded-proto': 'https, http' } });
  expect(proxied.headers.getSetCookie()).toEqual(['one=1; HttpOnly; Secure', 'two=2; Secure']);
  expect(proxied.headers.get('strict-transport-security')).toBeNull();
});
