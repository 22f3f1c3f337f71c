/** Reads what the server writes to a stream: one or more whole WebSocket frames in one piece. For tests. */

/** The messages in it, without their headers. */
export function* payloadsOf(written: Buffer): Generator<Buffer> {
  for (let at = 0; at < written.length; ) {
    const short = (written[at + 1] ?? 0) & 0x7f;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    const length =
      short < 126 ? short : short === 126 ? written.readUInt16BE(at + 2) : Number(written.readBigUInt64BE(at + 2));
    yield written.subarray(start, start + length);
    at = start + length;
  }
}
