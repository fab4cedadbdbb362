import { once } from 'node:events';
import http2 from 'node:http2';
import { onTestFinished } from 'vitest';
import type { ApiServer } from 'kuberx/testing/apiserver';

/** A whole answer over HTTP/2. */
export interface Http2Answer {
  readonly code: number;
  readonly headers: http2.IncomingHttpHeaders;
  readonly text: string;
  /** Of RST_STREAM; 0 of a stream that ended by itself. */
  readonly resetCode: number;
}

/** A request over HTTP/2 that goes on. */
export interface Http2Stream {
  readonly stream: http2.ClientHttp2Stream;
  readonly headers: Promise<http2.IncomingHttpHeaders>;
  readonly ended: Promise<Http2Answer>;
}

/** One connection of HTTP/2 to a server, which ends with the test. */
export class Http2Client {
  readonly session: http2.ClientHttp2Session;
  /** The codes of GOAWAY frames. */
  readonly goneAway: number[] = [];

  private constructor(session: http2.ClientHttp2Session) {
    this.session = session;
    session.on('error', () => undefined).on('goaway', (code: number) => this.goneAway.push(code));
  }

  static async of({ url, ca }: ApiServer): Promise<Http2Client> {
    const client = new Http2Client(http2.connect(url, ca === undefined ? {} : { ca }));
    onTestFinished(() => client.session.destroy());
    await once(client.session, 'remoteSettings');
    return client;
  }

  open(path: string, headers: http2.OutgoingHttpHeaders = {}, body?: string): Http2Stream {
    const stream = this.session.request({ ':path': path, ...headers }, { endStream: body === undefined });
    if (body !== undefined) stream.end(body);
    let text = '';
    let got: http2.IncomingHttpHeaders = {};
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    stream.on('error', () => undefined).on('response', (response) => (got = response));
    const headersIn = new Promise<http2.IncomingHttpHeaders>((resolve) => stream.once('response', resolve));
    const ended = new Promise<Http2Answer>((resolve) =>
      stream.once('close', () =>
        resolve({ code: Number(got[':status']), headers: got, text, resetCode: stream.rstCode }),
      ),
    );
    return { stream, headers: headersIn, ended };
  }

  get(path: string, headers: http2.OutgoingHttpHeaders = {}): Promise<Http2Answer> {
    return this.open(path, headers).ended;
  }

  post(path: string, body: string): Promise<Http2Answer> {
    return this.open(path, { ':method': 'POST', 'content-type': 'application/json' }, body).ended;
  }
}
