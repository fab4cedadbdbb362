import { httpServer, httpsServer, type TestServer } from './servers.ts';

/** A server that lets in whom it is told, and the authorizations that it was shown. */
export async function guarded(
  isWelcome: (authorization: string | undefined) => boolean,
  scheme: 'http' | 'https' = 'http',
): Promise<TestServer & { readonly shown: (string | undefined)[] }> {
  const shown: (string | undefined)[] = [];
  const serve = scheme === 'http' ? httpServer : httpsServer;
  const server = await serve((request, response) => {
    shown.push(request.headers.authorization);
    response.writeHead(isWelcome(request.headers.authorization) ? 200 : 401).end('answer');
  });
  return { ...server, shown };
}
