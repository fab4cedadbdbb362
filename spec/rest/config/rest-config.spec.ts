import { describe, expect, it } from 'vitest';
import { listWatch, resourceClient, type RestConfig, RestConfigError, restHttpClient } from 'kuberx/rest';
import { guarded } from '../guarded.ts';
import { answered, clientOf } from '../outcomes.ts';
import { certificate, key } from '../test-certificate.ts';

const server = 'https://10.0.0.1:6443';

/** A key that is encrypted in the older way, which its first line does not say. */
const pkcs1Encrypted = `-----BEGIN RSA PRIVATE KEY-----
Proc-Type: 4,ENCRYPTED
DEK-Info: AES-128-CBC,0123456789ABCDEF0123456789ABCDEF

hunter2
-----END RSA PRIVATE KEY-----
`;

const http = 'http://127.0.0.1:8001';

const fields =
  'server, token, tokenFile, ca, caFile, cert, certFile, key, keyFile, serverName, userAgent, insecureSkipTlsVerify, ' +
  'allowInsecureCredentials';

function refusalOf(config: unknown): RestConfigError {
  try {
    restHttpClient(config as RestConfig);
  } catch (error) {
    if (error instanceof RestConfigError) return error;
    throw error;
  }
  throw new Error('The config was taken.');
}

describe('a RestConfig', () => {
  it.each<[string, RestConfig]>([
    ['a server alone', { server }],
    ['a server below a path', { server: 'http://127.0.0.1:8001/k8s/clusters/one/' }],
    ['an IPv6 address', { server: 'https://[fd00::1]:6443' }],
    ['files', { server, tokenFile: '/t', caFile: '/ca', certFile: '/cert', keyFile: '/key', serverName: 'kubernetes' }],
    ['texts', { server, token: 't', ca: certificate, cert: certificate, key, userAgent: 'me/1.0' }],
    ['a certificate as a text, its key in a file', { server, cert: certificate, keyFile: '/key' }],
    ['no verification', { server, insecureSkipTlsVerify: true, token: 't' }],
    ['what is not given', { server, token: undefined, ca: undefined, insecureSkipTlsVerify: undefined }],
    ['unknown fields that are not given', Object.assign({ server }, { proxy: undefined })],
    ['a token over no TLS, where that is allowed', { server: http, tokenFile: '/t', allowInsecureCredentials: true }],
    ['verification over no TLS', { server: 'http://127.0.0.1:8001', insecureSkipTlsVerify: false }],
  ])('may have %s, and its files are touched by requests only', (_, config) => {
    expect(() => restHttpClient(config)).not.toThrow();
  });

  it.each<[config: unknown, message: string]>([
    [undefined, 'a RestConfig is needed, not undefined.'],
    [null, 'a RestConfig is needed, not null.'],
    ['https://10.0.0.1', 'a RestConfig is needed, not string.'],
    [{}, 'server is missing; it takes a text.'],
    [{ server, tokenfile: '/t' }, 'tokenfile is not a field of a RestConfig; tokenFile is.'],
    [{ server, 'token-file': '/t' }, 'token-file is not a field of a RestConfig; tokenFile is.'],
    [{ server, certificateAuthority: '/ca' }, `certificateAuthority is not a field of a RestConfig; it has ${fields}.`],
    [{ host: server }, `host is not a field of a RestConfig; it has ${fields}.`],
    [[server], `0 is not a field of a RestConfig; it has ${fields}.`],
    [{ server, constructor: 'x' }, `constructor is not a field of a RestConfig; it has ${fields}.`],
    [{ server, 'Bearer hunter2': '' }, `what is given is not a field of a RestConfig; it has ${fields}.`],
    [
      JSON.parse(`{"server":"${server}","__proto__":{"token":"hunter2"}}`),
      `__proto__ is not a field of a RestConfig; it has ${fields}.`,
    ],
    [{ server: '' }, 'server is empty; leave it out where there is none.'],
    [{ server: 443 }, 'server is of type number; it takes a text.'],
    [{ server: '10.0.0.1:6443' }, 'server is not an http or https URL, such as "https://10.0.0.1:6443".'],
    [{ server: 'ftp://10.0.0.1' }, 'server is not an http or https URL, such as "https://10.0.0.1:6443".'],
    [{ server: 'https://no such host' }, 'server is not an http or https URL, such as "https://10.0.0.1:6443".'],
    [{ server: 'https://me:hunter2@10.0.0.1' }, 'server has a user name or a password in it.'],
    [{ server: `${server}/?token=hunter2` }, 'server has a query or a fragment, which no request could keep.'],
    [{ server, token: '' }, 'token is empty; leave it out where there is none.'],
    [{ server, token: null }, 'token is null; it takes a text.'],
    [{ server, token: 'hunter2\n' }, 'token has characters that no header can have, such as a line end.'],
    [{ server, token: ' hunter2' }, 'token has white space around it.'],
    [{ server, userAgent: 'me/1.0 ' }, 'userAgent has white space around it.'],
    [{ server, token: ' ' }, 'token has white space around it.'],
    [
      { server, certFile: '/c', keyFile: key },
      'keyFile is not a path but what is in a file; that is to be given as key.',
    ],
    [
      { server, tokenFile: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.hunter2' },
      'tokenFile is not a path but what is in a file; that is to be given as token.',
    ],
    [{ server, userAgent: 'hunter2\r\n' }, 'userAgent has characters that no header can have.'],
    [{ server, ca: Buffer.from(certificate) }, 'ca is of type object; it takes a text.'],
    [{ server, ca: 'hunter2' }, 'ca has no certificate in PEM.'],
    [{ server, cert: key, key }, 'cert has no certificate in PEM.'],
    [{ server, cert: certificate, key: 'hunter2' }, 'key has no key in PEM, or an encrypted one.'],
    [
      { server, cert: certificate, key: key.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE') },
      'key has no key in PEM, or an encrypted one.',
    ],
    [{ server, cert: certificate, key: pkcs1Encrypted }, 'key has no key in PEM, or an encrypted one.'],
    [{ server, token: 'hunter2', tokenFile: '/t' }, 'token and tokenFile are both given; give one of them.'],
    [{ server, ca: certificate, caFile: '/ca' }, 'ca and caFile are both given; give one of them.'],
    [{ server, certFile: '/c', cert: certificate, key }, 'cert and certFile are both given; give one of them.'],
    [{ server, certFile: '/c', keyFile: '/k', key }, 'key and keyFile are both given; give one of them.'],
    [{ server, certFile: '/c' }, 'there is a client certificate, but neither key nor keyFile.'],
    [{ server, key }, 'there is a client key, but neither cert nor certFile.'],
    [
      { server: http, token: 'hunter2' },
      'token would go to an http server, where anybody on the way reads it; allowInsecureCredentials sends it.',
    ],
    [
      { server: http, tokenFile: '/t', allowInsecureCredentials: false },
      'tokenFile would go to an http server, where anybody on the way reads it; allowInsecureCredentials sends it.',
    ],
    [{ server, allowInsecureCredentials: 1 }, 'allowInsecureCredentials is of type number; it takes true or false.'],
    [{ server, insecureSkipTlsVerify: 'false' }, 'insecureSkipTlsVerify is of type string; it takes true or false.'],
    [
      { server, insecureSkipTlsVerify: true, caFile: '/ca' },
      'insecureSkipTlsVerify is true, so that caFile would verify nothing; give one of them.',
    ],
    [{ server: 'http://10.0.0.1', caFile: '/ca' }, 'caFile is for TLS, which an http server does not speak.'],
    [{ server: 'http://10.0.0.1', serverName: 'a' }, 'serverName is for TLS, which an http server does not speak.'],
  ])('is refused at once, config %#: $1', (config, message) => {
    const error = refusalOf(config);
    expect(error).toMatchObject({ name: 'RestConfigError', reason: 'Invalid', message });
    expect(JSON.stringify([error, error.message, error.stack, error.cause ?? ''])).not.toContain('hunter2');
    expect(error.stack).not.toContain(key.slice(30, 60));
  });

  it('is refused by all that takes one', () => {
    const none = { server: '' };
    expect(() => listWatch(none, 'v1/pods')).toThrow(RestConfigError);
    expect(() => resourceClient(none, 'v1/pods')).toThrow(RestConfigError);
  });

  it('may be of a class, with fields behind getters, which are read once', async () => {
    const server = await guarded(() => true);
    let reads = 0;
    class Config implements RestConfig {
      readonly #token = 'one';
      readonly server = server.url;
      readonly allowInsecureCredentials = true;
      get token(): string {
        reads += 1;
        return this.#token;
      }
    }
    const client = clientOf(new Config());
    await answered(client);
    await answered(client);
    expect(server.shown).toEqual(['Bearer one', 'Bearer one']);
    expect(reads).toBe(1);
    const inheriting = Object.create(
      { token: 'two', userAgent: 'me', allowInsecureCredentials: true },
      { server: { value: server.url } },
    ) as RestConfig;
    await answered(clientOf(inheriting));
    expect(server.shown.at(-1)).toBe('Bearer two');
  });

  it('of a class is checked as any other', () => {
    class Config implements RestConfig {
      readonly server = server;
      get token(): string {
        return ' hunter2';
      }
    }
    expect(refusalOf(new Config()).message).toBe('token has white space around it.');
    class Mistaken extends Config {
      readonly tokenfile = '/t';
    }
    expect(refusalOf(new Mistaken()).message).toBe('tokenfile is not a field of a RestConfig; tokenFile is.');
  });

  it('is taken as it was when it was given', async () => {
    const server = await guarded(() => true);
    const config = { server: server.url, token: 'one', allowInsecureCredentials: true };
    const client = clientOf(config);
    config.token = 'two';
    await answered(client);
    expect(server.shown).toEqual(['Bearer one']);
  });
});
