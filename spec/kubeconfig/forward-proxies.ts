import { once } from 'node:events';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer, type Socket } from 'node:net';
import { createServer as socksServer } from '@pondwader/socks5-server';
import { Server } from 'proxy-chain';
import { certificate, key } from '../rest/test-certificate.ts';

/** Proxies on loopback, by the names of what they speak; `asked` is a proxy of http that asks for a name and a password. */
export interface ForwardProxies {
  readonly addresses: Readonly<Record<'proxy' | 'secureProxy' | 'askingProxy' | 'socks' | 'askingSocks', string>>;
  /** What they were asked for, in words. */
  readonly gone: string[];
  readonly end: () => Promise<void>;
}

/** Whom the proxies let in that ask. */
export const proxyUser = 'jane:p%40ss';
const password = 'p@ss';

/** Starts the proxies. Whatever name they are asked for is this machine. */
export async function forwardProxies(): Promise<ForwardProxies> {
  const gone: string[] = [];
  const http = (name: string, isAsking = false, more: object = {}): Server =>
    new Server({
      port: 0,
      host: '127.0.0.1',
      prepareRequestFunction({ hostname, port, isHttp, username, password: given }) {
        if (isAsking && given !== password) return { requestAuthentication: true };
        gone.push(
          `${name} ${isHttp ? 'GET' : 'CONNECT'} ${hostname}:${port}${username === '' ? '' : ` as ${username}`}`,
        );
        const dnsLookup = ((_host: string, { all }: { all?: boolean }, done: (...args: unknown[]) => void) => {
          if (all) done(null, [{ address: '127.0.0.1', family: 4 }]);
          else done(null, '127.0.0.1', 4);
        }) as never;
        return { dnsLookup };
      },
      ...more,
    });
  const servers = {
    proxy: http('http'),
    secureProxy: http('https', false, { serverType: 'https', httpsOptions: { cert: certificate, key } }),
    askingProxy: http('http', true),
  };
  for (const server of Object.values(servers)) {
    server.on('requestFailed', () => undefined);
    await server.listen();
  }
  const sockets = new Set<Socket>();
  const socks = (isAsking: boolean): NetServer => {
    const server = socksServer(isAsking ? { auth: { username: 'jane', password } } : {});
    server.setRulesetValidator(({ destAddress, destPort, username }) => {
      gone.push(`socks5 ${destAddress}:${destPort}${username === undefined ? '' : ` as ${username}`}`);
      return true;
    });
    return createNetServer((socket) => {
      sockets.add(socket.on('error', () => undefined));
      server._handleConnection(socket);
    });
  };
  const ofSocks = { socks: socks(false), askingSocks: socks(true) };
  const addresses: Record<string, string> = {};
  for (const [name, server] of Object.entries(servers)) addresses[name] = `127.0.0.1:${server.port}`;
  for (const [name, server] of Object.entries(ofSocks)) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    addresses[name] = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  return {
    addresses: addresses as ForwardProxies['addresses'],
    gone,
    async end() {
      for (const server of Object.values(servers)) await server.close(true);
      for (const server of Object.values(ofSocks)) server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
