import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { KubeError } from 'kuberx';
import { fetchHttpClient } from '#src/transport/fetch-http-client.ts';
import type { HttpEvent, HttpRequest } from '#src/transport/http-client.ts';

const request: HttpRequest = {
  resource: 'v1/pods',
  method: 'GET',
  path: '/api/v1/pods?a=b',
  headers: { accept: 'application/json' },
};

async function serve(listener: http.RequestListener): Promise<{ readonly url: string; readonly server: http.Server }> {
  const server = http.createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

function send(server: string, headers?: () => Record<string, string>) {
  const outcome = { statuses: [] as number[], body: '', end: undefined as unknown };
  const subscription = fetchHttpClient({ server, headers })(request).subscribe({
    next: (event: HttpEvent) => {
      if (event.type === 'head') outcome.statuses.push(event.status);
      else outcome.body += new TextDecoder().decode(event.bytes);
    },
    error: (error: unknown) => (outcome.end = error),
    complete: () => (outcome.end = 'complete'),
  });
  onTestFinished(() => subscription.unsubscribe());
  return { outcome, subscription };
}

describe('fetchHttpClient', () => {
  it('sends the request and gives the response as it arrives', async () => {
    const seen: unknown[] = [];
    const { url } = await serve((incoming, response) => {
      seen.push(incoming.method, incoming.url, incoming.headers.accept, incoming.headers.authorization);
      response.write('one,', () => response.end('two'));
    });
    const { outcome } = send(url, () => ({ authorization: 'Bearer x' }));
    await vi.waitFor(() => expect(outcome).toEqual({ statuses: [200], body: 'one,two', end: 'complete' }));
    expect(seen).toEqual(['GET', '/api/v1/pods?a=b', 'application/json', 'Bearer x']);
  });

  it('aborts on unsubscribe, before and after the head', async () => {
    let closed = 0;
    let opened = 0;
    const { url } = await serve((incoming, response) => {
      opened += 1;
      incoming.socket.once('close', () => (closed += 1));
      if (opened === 1) response.write('x');
    });
    const first = send(url);
    await vi.waitFor(() => expect(first.outcome.body).toBe('x'));
    first.subscription.unsubscribe();
    const second = send(url);
    await vi.waitFor(() => expect(opened).toBe(2));
    second.subscription.unsubscribe();
    await vi.waitFor(() => expect(closed).toBe(2));
    expect([first.outcome.end, second.outcome.end]).toEqual([undefined, undefined]);
  });

  it('gives a redirect as it came', async () => {
    const { url } = await serve((_incoming, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    const { outcome } = send(url);
    await vi.waitFor(() => expect(outcome).toMatchObject({ statuses: [307], end: 'complete' }));
  });

  it('fails with Network where nothing listens, and where a response breaks off', async () => {
    const { url, server } = await serve((_incoming, response) => {
      response.write('x', () => response.destroy());
    });
    const broken = send(url).outcome;
    await vi.waitFor(() => expect(broken.end).toMatchObject({ reason: 'Network' }));
    server.close();
    const refused = send(url).outcome;
    await vi.waitFor(() => expect(refused.end).toBeInstanceOf(KubeError));
    expect(refused.end).toMatchObject({ reason: 'Network', message: 'v1/pods: the GET request failed' });
  });

  it('fails with Credentials where the headers cannot be had', async () => {
    const { outcome } = send('http://127.0.0.1:1', () => {
      throw new Error('hunter2');
    });
    await vi.waitFor(() => expect(outcome.end).toMatchObject({ reason: 'Credentials' }));
  });
});
