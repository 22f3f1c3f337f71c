/** How the server says that somebody was removed; apart from what follows from it, which few devices ever load. */

/** The server's explicit answer. */
export interface RemovalNotice {
  readonly userId: string;
  readonly serverId: string;
  readonly workspaceName: string;
  /** Who removed them; '' when not known any more. */
  readonly by: string;
  /** Epoch ms. */
  readonly removedAt: number;
}

/** The notice in an answer 403; null for every other 403, a proxy's for example. */
export function readRemoval(body: unknown): RemovalNotice | null {
  const { error, removal } = (body ?? {}) as { error?: { code?: unknown }; removal?: Record<string, unknown> };
  if (error?.code !== 'removed' || typeof removal !== 'object' || removal === null) return null;
  const { userId, serverId, workspaceName, by, removedAt } = removal;
  if (typeof userId !== 'string' || userId === '' || typeof serverId !== 'string' || serverId === '') return null;
  return {
    userId,
    serverId,
    workspaceName: typeof workspaceName === 'string' ? workspaceName : '',
    by: typeof by === 'string' ? by : '',
    removedAt: typeof removedAt === 'number' ? removedAt : 0,
  };
}
