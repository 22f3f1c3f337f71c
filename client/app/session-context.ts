/** The session, for pages composed in the routes. */
import { createContext, useContext } from 'solid-js';
import type { Session } from '../data/session.ts';

const SessionContext = createContext<Session>();

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs the App above it');
  return session;
}
