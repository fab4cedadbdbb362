import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import { certificate, key, otherCertificate, otherKey } from '../rest/test-certificate.ts';
import { forwardProxies } from './forward-proxies.ts';
import type { KubeConfigCase, Received } from './corpus/kubeconfig-case.ts';

/** Two servers on loopback and a directory, which kubectl and kuberx are compared on. */
export interface Scene {
  readonly received: Received[];
  /** Writes the files of a case, each case into a directory of its own, and returns it. */
  readonly lay: (given: KubeConfigCase) => string;
  /** The variables of a case. */
  readonly env: (given: KubeConfigCase) => Readonly<Record<string, string>>;
  /** A text as it is recorded: without what differs from run to run. */
  readonly masked: (text: string, directory: string) => string;
  readonly end: () => Promise<void>;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Starts the servers. */
export async function scene(): Promise<Scene> {
  const received: Received[] = [];
  const proxies = await forwardProxies();
  const listener: RequestListener = (request, response) => {
    const proxy = proxies.gone.splice(0).join(', ');
    received.push({ ...receivedOf(request), ...(proxy !== '' && { proxy }) });
    response.setHeader('content-type', 'application/json').end('{"gitVersion":"v1"}');
  };
  const tls = https.createServer({ cert: certificate, key, requestCert: true, rejectUnauthorized: false }, listener);
  const servers = { https: tls, http: http.createServer(listener) };
  const addresses = { https: await addressOf(servers.https), http: await addressOf(servers.http) };
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'kuberx-kubeconfig-')));
  let laid = 0;

  const known = {
    ...addresses,
    ...proxies.addresses,
    httpsPort: addresses.https.split(':')[1]!,
    httpPort: addresses.http.split(':')[1]!,
    ca: base64(certificate),
    cert: base64(otherCertificate),
    key: base64(otherKey),
    'ca.pem': certificate,
    'cert.pem': otherCertificate,
    'key.pem': otherKey,
    'cert.json': JSON.stringify(otherCertificate).slice(1, -1),
    'key.json': JSON.stringify(otherKey).slice(1, -1),
  };
  const filled = (text: string, directory: string): string =>
    text.replaceAll(/\{\{([\w.]+)\}\}/g, (_, name: string) => {
      if (name === 'dir') return directory;
      const value = known[name as keyof typeof known] as string | undefined;
      if (value === undefined) throw new Error(`nothing stands for ${name}`);
      return value;
    });

  const env = (given: KubeConfigCase): Readonly<Record<string, string>> =>
    Object.fromEntries(Object.entries(given.env ?? {}).map(([name, value]) => [name, filled(value, '')]));

  function lay({ files, encoding }: KubeConfigCase): string {
    const directory = path.join(root, String((laid += 1)));
    mkdirSync(path.join(directory, 'bin'), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(directory, name);
      mkdirSync(name.endsWith('/') ? file : path.dirname(file), { recursive: true });
      if (name.endsWith('/')) continue;
      const content = filled(text, directory);
      writeFileSync(file, content, { encoding: (name === 'config' ? encoding : undefined) ?? 'utf8' });
      if (name.endsWith('.sh')) chmodSync(file, 0o755);
    }
    return directory;
  }

  return {
    received,
    lay,
    env,
    masked: (text, directory) =>
      [...Object.entries({ ...known, dir: directory })].reduce(
        (whole, [name, value]) => whole.replaceAll(value, `{{${name}}}`),
        text,
      ),
    async end() {
      await proxies.end();
      for (const server of Object.values(servers)) {
        server.close();
        server.closeAllConnections();
      }
      rmSync(root, { recursive: true });
    },
  };
}

async function addressOf(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function receivedOf(request: http.IncomingMessage): Received {
  const { socket } = request;
  const tls = socket instanceof TLSSocket ? socket : undefined;
  const { authorization } = request.headers;
  const impersonation = Object.entries(request.headersDistinct)
    .filter(([name]) => name.startsWith('impersonate-'))
    .map(([name, lines]) => [name, lines!.map((line) => Buffer.from(line, 'latin1').toString())] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  // Empty where the client has shown none, whatever the type says.
  const shown = tls?.getPeerCertificate() as { readonly subject?: { readonly CN?: string } } | undefined;
  const common = shown?.subject?.CN;
  return {
    path: request.url!,
    scheme: tls === undefined ? 'http' : 'https',
    ...(authorization !== undefined && { authorization: readable(authorization) }),
    ...(impersonation.length > 0 && { impersonation: Object.fromEntries(impersonation) }),
    ...(common !== undefined && { certificate: common }),
    ...(tls?.servername && { serverName: tls.servername }),
  };
}

/** What a plugin was told comes as its token, in base64: the fields in one order, for clients that write another. */
function readable(authorization: string): string {
  const [, encoded] = /^Bearer (eyJ[\w+/=]+)$/.exec(authorization) ?? [];
  if (encoded === undefined) return authorization;
  return `told ${JSON.stringify(sorted(JSON.parse(Buffer.from(encoded, 'base64').toString())))}`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, own]) => [name, sorted(own)]),
  );
}
