/** What `GET /api/rooms/<room>/snapshot` says about itself beside its bytes (SPEC S9). */
export const SNAPSHOT_HEADERS = {
  /** The line of data; see `ServerHello.serverId`. */
  server: 'Rapport-Server',
  epoch: 'Rapport-Epoch',
  /** Whose session asked. */
  user: 'Rapport-User',
  /** The newest update in it. */
  seq: 'Rapport-Seq',
  /** Bytes when unpacked, of the whole. */
  length: 'Rapport-Length',
  /** How many of them, from the first on, are left out because the device has them. */
  from: 'Rapport-From',
} as const;
