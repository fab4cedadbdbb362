import type { Socket } from 'node:net';
import { resetSocket } from '#src/testing/apiserver/wire/reset-socket.ts';
import type { ByteFault } from './fault.ts';

/** The way from a server to one client, with at most one byte fault ahead. */
export class FaultyPipe {
  readonly #client: Socket;
  readonly #happened: (fault: ByteFault) => void;
  #ahead: ByteFault | undefined;
  #bytesLeft = 0;
  #silent = false;
  #deaf = false;
  #held: Buffer[] | undefined;
  #delays = 0;
  #endsAfter = false;

  constructor(client: Socket, happened: (fault: ByteFault) => void) {
    this.#client = client;
    this.#happened = happened;
  }

  /** True if the bytes of the client are to be dropped. */
  get deaf(): boolean {
    return this.#deaf;
  }

  /** Sets the next fault, or takes it back. Bytes count from now on. */
  arm(fault: ByteFault | undefined): void {
    this.#ahead = fault;
    this.#bytesLeft = fault?.afterBytes ?? 0;
  }

  /** Passes bytes on, as far as the fault allows. False if the client is slow to take them. */
  write(bytes: Buffer): boolean {
    const fault = this.#ahead;
    if (this.#silent || fault === undefined || bytes.length < this.#bytesLeft) {
      this.#bytesLeft -= bytes.length;
      return this.#send(bytes);
    }
    const before = this.#bytesLeft;
    this.#send(bytes.subarray(0, before));
    this.#strike(fault);
    return this.write(bytes.subarray(before));
  }

  /** The server has closed: so does the client's connection, unless it is to be left open. */
  end(): void {
    if (this.#held !== undefined) this.#endsAfter = true;
    else if (!this.#silent) this.#client.end();
  }

  #send(bytes: Buffer): boolean {
    if (this.#silent || bytes.length === 0) return true;
    if (this.#held === undefined) return this.#client.write(bytes);
    this.#held.push(bytes);
    return true;
  }

  #strike(fault: ByteFault): void {
    this.#ahead = undefined;
    this.#happened(fault);
    switch (fault.kind) {
      case 'cut':
        this.#silent = true;
        if (fault.how === 'reset') resetSocket(this.#client);
        else this.#client.end();
        break;
      case 'half-open':
        this.#deaf = this.#silent = true;
        break;
      case 'stall':
        this.#silent = true;
        break;
      case 'delay': {
        this.#held ??= [];
        this.#delays += 1;
        const timer = setTimeout(() => this.#release(), fault.milliseconds);
        this.#client.once('close', () => clearTimeout(timer));
      }
    }
  }

  #release(): void {
    this.#delays -= 1;
    if (this.#delays > 0) return;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const bytes of held) if (this.#client.writable) this.#client.write(bytes);
    if (this.#endsAfter) this.end();
  }
}
