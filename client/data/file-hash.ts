/** SHA-256 in hexadecimal. Over plain http browsers have no `crypto.subtle`; then it is worked out here, some 20 MB a second. */
export async function hashOfBytes(bytes: ArrayBuffer): Promise<string> {
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('lib0/hash/sha256')).digest(new Uint8Array(bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
