/** Passkeys: the browser's WebAuthn, whose library is loaded when somebody first uses one. */

export const hasPasskeys = (): boolean => typeof globalThis.PublicKeyCredential === 'function';

/** What came of it: the credential for the server, or why there is none. */
export type PasskeyAnswer =
  | { readonly ok: true; readonly credential: object }
  | { readonly ok: false; readonly why: 'cancelled' | 'known-already' | 'wrong-address' | 'failed' };

/** @param options as the server made them (`PublicKeyCredentialCreationOptionsJSON`). */
export async function makePasskey(options: object): Promise<PasskeyAnswer> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return attempt(() => startRegistration({ optionsJSON: options as never }));
}

/** @param options as the server made them (`PublicKeyCredentialRequestOptionsJSON`). */
export async function usePasskey(options: object): Promise<PasskeyAnswer> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return attempt(() => startAuthentication({ optionsJSON: options as never }));
}

async function attempt(ask: () => Promise<object>): Promise<PasskeyAnswer> {
  try {
    return { ok: true, credential: await ask() };
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return { ok: false, why: 'cancelled' };
    if (name === 'InvalidStateError') return { ok: false, why: 'known-already' };
    return { ok: false, why: name === 'SecurityError' ? 'wrong-address' : 'failed' };
  }
}
