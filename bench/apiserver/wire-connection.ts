import { connect as connectSocket, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Where requests go. */
export interface Target {
  readonly url: string;
  readonly ca?: string | undefined;
  readonly token?: string | undefined;
}

const endOfHead = Buffer.from('\r\n\r\n');

/** The bytes of a request, made before it is sent. */
export function requestBytes(
  { url, token }: Target,
  method: string,
  path: string,
  body = '',
  accept = 'application/json',
): Buffer {
  const length = Buffer.byteLength(body);
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${new URL(url).host}`,
    `Accept: ${accept}`,
    'User-Agent: bench/1',
    ...(length > 0 ? ['Content-Type: application/json', `Content-Length: ${length}`] : []),
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/**
 * One connection of HTTP/1.1 that stays open. It sends bytes that were made before, and reads answers to their last byte without
 * looking at them, so that it takes as little of the machine as it can.
 */
export class WireConnection {
  readonly #socket: Socket;
  #parts: Buffer[] = [];
  #length = 0;
  /** Where the next answer ends, and how many bytes its body has; 0: its head is not known yet. */
  #end = 0;
  #body = 0;
  #isChunked = false;
  #done: ((bytes: number) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => this.#failed?.(new Error('the server closed the connection')));
  }

  static open({ url, ca }: Target): Promise<WireConnection> {
    const { protocol, hostname, port } = new URL(url);
    const where = { host: hostname, port: Number(port) };
    const isTls = protocol === 'https:';
    return new Promise((resolve, reject) => {
      const socket: Socket = isTls ? connectTls({ ...where, ca, ALPNProtocols: ['http/1.1'] }) : connectSocket(where);
      socket.once('error', reject);
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        socket.off('error', reject);
        resolve(new WireConnection(socket));
      });
    });
  }

  /** Sends one request; `done` gets the number of bytes of the body of a successful answer. */
  send(request: Buffer, done: (bytes: number) => void, failed: (error: Error) => void): void {
    this.#done = done;
    this.#failed = failed;
    this.#socket.write(request);
  }

  /** As {@link send}. */
  sent(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => this.send(request, resolve, reject));
  }

  close(): void {
    this.#failed = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#parts.push(chunk);
    this.#length += chunk.length;
    if (this.#end === 0 && !this.#readHead()) return;
    if (this.#isChunked ? !endsChunks(this.#parts) : this.#length < this.#end) return;
    const bytes = this.#isChunked ? this.#length : this.#body;
    this.#parts = [];
    this.#length = 0;
    this.#end = 0;
    this.#done?.(bytes);
  }

  #readHead(): boolean {
    const bytes = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    this.#parts = [bytes];
    const end = bytes.indexOf(endOfHead);
    if (end < 0) return false;
    const head = bytes.toString('latin1', 0, end);
    if (!head.startsWith('HTTP/1.1 2')) {
      this.#failed?.(new Error(bytes.toString()));
      return false;
    }
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    this.#isChunked = length === undefined;
    this.#body = Number(length ?? 0);
    this.#end = end + 4 + this.#body;
    return true;
  }
}

/** Whether a body in chunks has its last one. No JSON ends like that. */
function endsChunks(parts: readonly Buffer[]): boolean {
  const tail = Buffer.concat(parts.slice(-2)).subarray(-5);
  return tail.toString('latin1') === '0\r\n\r\n';
}
