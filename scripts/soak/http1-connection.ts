import type { Socket } from 'node:net';
import { type AnswerFault, isByteFault, isFrameFault } from './fault.ts';
import type { FaultOccasion } from './fault-plan.ts';
import { FaultyPipe } from './faulty-pipe.ts';
import { FrameFaults, lineFeed } from './frame-faults.ts';
import { chunkOf, Http1Parser, lastChunk } from './http1-parser.ts';
import { injectedAnswer } from './injected-answer.ts';
import { flow, type ProxiedConnection, type ProxyPort } from './proxied-connection.ts';

/**
 * Passes the requests of a connection on, one after the other, each over a connection to the server of its own, so that
 * a response can be broken off and the client's connection lives.
 */
export class Http1Connection implements ProxiedConnection {
  readonly #client: Socket;
  readonly #port: ProxyPort;
  readonly #pipe: FaultyPipe;
  #server: Socket | undefined;
  #answer: AnswerFault | undefined;
  #frames: FrameFaults | undefined;
  #inLine = false;
  #happenedToFrame: () => void = () => undefined;

  constructor(client: Socket, port: ProxyPort) {
    this.#client = client;
    this.#port = port;
    this.#pipe = new FaultyPipe(client, (fault) => {
      port.happened(fault);
      if (fault.kind === 'delay' && this.#server !== undefined) this.#arm('stream');
    });
    let isChunkedRequest = false;
    const requests = new Http1Parser({
      head: (head, isChunked) => {
        isChunkedRequest = isChunked;
        this.#begin(head);
      },
      body: (bytes) => this.#server?.write(isChunkedRequest ? chunkOf(bytes) : bytes),
      end: () => {
        if (isChunkedRequest) this.#server?.write(lastChunk);
        this.#answerIfAsked();
      },
    });
    client.on('data', (bytes) => {
      if (!this.#pipe.deaf) requests.push(bytes);
    });
    client.once('close', () => this.#server?.destroy());
  }

  arm(): void {
    if (this.#server !== undefined) this.#arm('stream');
  }

  disarm(): void {
    this.#pipe.arm(undefined);
    this.#answer = undefined;
    // A line that is held would be lost without its fault.
    if (this.#frames?.rest().length === 0) this.#frames = undefined;
  }

  #begin(head: string): void {
    this.#inLine = false;
    const isWatch = /^GET \S*[?&]watch=(?:true|1)\b/u.test(head);
    if (!this.#arm(isWatch ? 'watch' : 'request') || this.#answer !== undefined) return;
    const server = this.#port.connect();
    this.#server = server;
    let isChunked = false;
    const responses = new Http1Parser({
      head: (text, chunked) => {
        isChunked = chunked;
        this.#pipe.write(Buffer.from(text, 'latin1'));
      },
      body: (bytes) => {
        if (isChunked && isWatch) this.#passFrames(server, bytes);
        else flow(server, this.#client, this.#pipe.write(isChunked ? chunkOf(bytes) : bytes));
      },
      end: () => this.#finish(server, isChunked),
    });
    server.on('data', (bytes) => {
      if (this.#server === server) responses.push(bytes);
    });
    server.once('close', () => {
      if (this.#server === server) this.#pipe.end();
    });
    server.write(head, 'latin1');
  }

  /** False if the request needs nothing more. */
  #arm(occasion: FaultOccasion): boolean {
    const fault = this.#port.next(occasion);
    this.#answer = undefined;
    this.#frames = undefined;
    this.#pipe.arm(fault && isByteFault(fault) ? fault : undefined);
    if (fault === undefined || isByteFault(fault)) return true;
    if (isFrameFault(fault)) {
      this.#frames = new FrameFaults(fault, this.#inLine);
      this.#happenedToFrame = () => this.#port.happened(fault);
    } else if (fault.kind === 'answer') {
      this.#answer = fault;
    } else {
      this.#port.happened(fault);
      return false;
    }
    return true;
  }

  #answerIfAsked(): void {
    if (this.#answer === undefined) return;
    const fault = this.#answer;
    this.#answer = undefined;
    this.#port.happened(fault);
    this.#pipe.write(injectedAnswer(fault));
  }

  #passFrames(server: Socket, part: Buffer): void {
    this.#inLine = part.at(-1) !== lineFeed;
    if (this.#frames === undefined) {
      flow(server, this.#client, this.#pipe.write(chunkOf(part)));
      return;
    }
    const { bytes, happened, ends } = this.#frames.push(part);
    if (bytes.length > 0) flow(server, this.#client, this.#pipe.write(chunkOf(bytes)));
    if (!happened) return;
    this.#frames = undefined;
    this.#happenedToFrame();
    if (ends) this.#finish(server, true);
    else this.#arm('stream');
  }

  #finish(server: Socket, isChunked: boolean): void {
    if (this.#server !== server) return;
    const held = this.#frames?.rest() ?? Buffer.alloc(0);
    if (held.length > 0) this.#pipe.write(chunkOf(held));
    if (isChunked) this.#pipe.write(lastChunk);
    this.#server = undefined;
    this.#frames = undefined;
    this.#pipe.arm(undefined);
    server.destroy();
  }
}
