/**
 * A WebSocket client that costs next to nothing, so that one machine can load a server with hundreds: frames are cut
 * out of what arrives without copying, messages leave in one write per turn. Compression, pings of its own and
 * fragments are left out; no server here sends them.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface WireOptions {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** One message: the bytes from `from` to `to`, only valid during the call. */
  readonly onMessage: (bytes: Buffer, from: number, to: number) => void;
  readonly onOpen?: () => void;
  readonly onClose: (reason: string) => void;
}

const MASK = randomBytes(4);
const BINARY = 2;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export class Wire {
  received = 0;
  sent = 0;
  private readonly socket: Socket;
  private readonly options: WireOptions;
  private rest: Buffer[] = [];
  private restLength = 0;
  /** Bytes that must be there before parsing goes on. */
  private needed = 0;
  private isUpgraded = false;
  private isCorked = false;
  private isClosing = false;

  constructor(options: WireOptions) {
    const { host, port, path, headers } = options;
    this.options = options;
    this.socket = connect({ host, port, noDelay: true });
    const lines = Object.entries({
      host: `${host}:${port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-version': '13',
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    this.socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    this.socket.on('data', (chunk) => this.take(chunk));
    this.socket.on('error', (error) => this.options.onClose(error.message));
    this.socket.on('close', () => this.options.onClose(this.isClosing ? 'closed by us' : 'the line was cut'));
  }

  /** Sends one binary message; the bytes are masked in place. */
  send(message: Uint8Array): void {
    this.sendFrame(BINARY, message);
  }

  close(): void {
    this.isClosing = true;
    this.socket.destroy();
  }

  private sendFrame(opcode: number, message: Uint8Array): void {
    const { length } = message;
    const extended = length < 126 ? 0 : length < 65_536 ? 2 : 8;
    const frame = Buffer.allocUnsafe(6 + extended + length);
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (extended === 0 ? length : extended === 2 ? 126 : 127);
    if (extended === 2) frame.writeUInt16BE(length, 2);
    else if (extended === 8) frame.writeBigUInt64BE(BigInt(length), 2);
    frame.set(MASK, 2 + extended);
    const start = 6 + extended;
    for (let index = 0; index < length; index++) frame[start + index] = (message[index] ?? 0) ^ (MASK[index & 3] ?? 0);
    this.sent += frame.length;
    if (!this.isCorked) {
      this.isCorked = true;
      this.socket.cork();
      setImmediate(() => {
        this.isCorked = false;
        this.socket.uncork();
      });
    }
    this.socket.write(frame);
  }

  private take(chunk: Buffer): void {
    this.received += chunk.length;
    let bytes = chunk;
    if (this.restLength > 0) {
      this.rest.push(chunk);
      this.restLength += chunk.length;
      if (this.restLength < this.needed) return;
      bytes = Buffer.concat(this.rest);
    }
    this.rest = [];
    this.restLength = 0;
    const parsed = this.isUpgraded ? this.parse(bytes, 0) : this.readAnswer(bytes);
    if (parsed < bytes.length) {
      this.rest = [bytes.subarray(parsed)];
      this.restLength = bytes.length - parsed;
    }
  }

  private readAnswer(bytes: Buffer): number {
    this.needed = 0;
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return 0;
    const status = bytes.toString('latin1', 0, 12);
    if (status !== 'HTTP/1.1 101') {
      this.socket.destroy();
      this.options.onClose(status);
      return bytes.length;
    }
    this.isUpgraded = true;
    this.options.onOpen?.();
    return this.parse(bytes, end + 4);
  }

  /** Returns up to where whole frames went. */
  private parse(bytes: Buffer, from: number): number {
    const { length } = bytes;
    let at = from;
    while (length - at >= 2) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      this.needed = header;
      if (length - at < header) return at;
      const size =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      const end = at + header + size;
      if (end > length) {
        this.needed = end - at;
        return at;
      }
      const opcode = (bytes[at] ?? 0) & 0x0f;
      if (opcode === BINARY) this.options.onMessage(bytes, at + header, end);
      else if (opcode === PING) this.sendFrame(PONG, bytes.subarray(at + header, end));
      else if (opcode === CLOSE) this.options.onClose(bytes.toString('utf8', at + header + 2, end));
      at = end;
    }
    this.needed = 2;
    return at;
  }
}
