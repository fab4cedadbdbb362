import { httpServer, type TestServer } from './servers.ts';

/** A server that lets in whom it is told, and the authorizations that it was shown. */
export async function guarded(
  isWelcome: (authorization: string | undefined) => boolean,
): Promise<TestServer & { readonly shown: (string | undefined)[] }> {
  const shown: (string | undefined)[] = [];
  const server = await httpServer((request, response) => {
    shown.push(request.headers.authorization);
    response.writeHead(isWelcome(request.headers.authorization) ? 200 : 401).end('answer');
  });
  return { ...server, shown };
}
