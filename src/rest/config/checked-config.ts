import { isHeader } from './is-header.ts';
import { hasCertificate, hasKey } from './pem.ts';
import type { RestConfig } from './rest-config.ts';
import { RestConfigError } from './rest-config-error.ts';

/**
 * A copy of a valid config.
 *
 * @throws RestConfigError that names the field. Two fields that contradict each other are an error too; client-go
 * prefers one of them.
 */
export function checkedConfig(given: RestConfig): RestConfig {
  const type = (given as unknown) === null ? 'null' : typeof given;
  if (type !== 'object') throw invalid(`a RestConfig is needed, not ${type}`);
  // Fields are read by name, also behind a getter or on a prototype: without them, requests would go out without
  // credentials.
  const config = Object.fromEntries(fields.map((name) => [name, Reflect.get(given, name)])) as unknown as RestConfig;
  const fault =
    faultOfNames(given) ??
    faultOfTypes(config) ??
    faultOfServer(config) ??
    faultOfFiles(config) ??
    contradiction(config) ??
    faultOfContents(config);
  if (fault !== undefined) throw invalid(fault);
  return config;
}

const texts = [
  'server',
  'token',
  'tokenFile',
  'ca',
  'caFile',
  'cert',
  'certFile',
  'key',
  'keyFile',
  'serverName',
  'userAgent',
] as const satisfies readonly (keyof RestConfig)[];

const flags = ['insecureSkipTlsVerify', 'allowInsecureCredentials'] as const satisfies readonly (keyof RestConfig)[];

const fields: readonly string[] = [...texts, ...flags];

// An unknown field may have been meant to verify the server or to give credentials. Without it, requests would go out
// another way.
function faultOfNames(config: RestConfig): string | undefined {
  const name = Object.keys(config).find((own) => !fields.includes(own) && Reflect.get(config, own) !== undefined);
  if (name === undefined) return undefined;
  const meant = fields.find((field) => field.toLowerCase() === name.toLowerCase().replace(/[^a-z]/g, ''));
  // A name may be any text, a secret included.
  const given = /^[\w-]{1,40}$/.test(name) ? name : 'what is given';
  return `${given} is not a field of a RestConfig; ${meant === undefined ? `it has ${fields.join(', ')}` : `${meant} is`}`;
}

function faultOfTypes(config: RestConfig): string | undefined {
  for (const name of texts) {
    const value: unknown = config[name];
    if (value === undefined && name !== 'server') continue;
    if (value === '') return `${name} is empty; leave it out where there is none`;
    if (typeof value !== 'string') return `${name} is ${kindOf(value)}; it takes a text`;
  }
  for (const name of flags) {
    const value: unknown = config[name];
    if (value !== undefined && typeof value !== 'boolean') return `${name} is ${kindOf(value)}; it takes true or false`;
  }
  return undefined;
}

// The value is not quoted: it may be a password.
function faultOfServer({ server }: RestConfig): string | undefined {
  const url = URL.parse(server);
  if (url === null || !/^https?:$/.test(url.protocol))
    return 'server is not an http or https URL, such as "https://10.0.0.1:6443"';
  if (url.username !== '' || url.password !== '') return 'server has a user name or a password in it';
  if (url.search !== '' || url.hash !== '') return 'server has a query or a fragment, which no request could keep';
  return undefined;
}

const sources = [
  ['token', 'tokenFile'],
  ['ca', 'caFile'],
  ['cert', 'certFile'],
  ['key', 'keyFile'],
] as const;

// An error names a path whose file cannot be read. A token or a key in place of a path must not be named.
function faultOfFiles(config: RestConfig): string | undefined {
  for (const [data, file] of sources) {
    if (/[\r\n]|^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(config[file] ?? ''))
      return `${file} is not a path but what is in a file; that is to be given as ${data}`;
  }
  return undefined;
}

const ofTls = ['ca', 'caFile', 'cert', 'certFile', 'key', 'keyFile', 'serverName', 'insecureSkipTlsVerify'] as const;

function contradiction(config: RestConfig): string | undefined {
  const given = (...names: readonly (keyof RestConfig)[]): keyof RestConfig | undefined =>
    names.find((name) => config[name] !== undefined && config[name] !== false);
  for (const [data, file] of sources) {
    if (given(data) && given(file)) return `${data} and ${file} are both given; give one of them`;
  }
  if (given('cert', 'certFile') && !given('key', 'keyFile'))
    return 'there is a client certificate, but neither key nor keyFile';
  if (given('key', 'keyFile') && !given('cert', 'certFile'))
    return 'there is a client key, but neither cert nor certFile';
  const authority = given('ca', 'caFile');
  if (authority && given('insecureSkipTlsVerify'))
    return `insecureSkipTlsVerify is true, so that ${authority} would verify nothing; give one of them`;
  if (new URL(config.server).protocol !== 'http:') return undefined;
  const useless = given(...ofTls);
  if (useless) return `${useless} is for TLS, which an http server does not speak`;
  const secret = given('token', 'tokenFile');
  if (secret && !given('allowInsecureCredentials'))
    return `${secret} would go to an http server, where anybody on the way reads it; allowInsecureCredentials sends it`;
  return undefined;
}

function faultOfContents({ token, userAgent, ca, cert, key }: RestConfig): string | undefined {
  if (token && !isHeader(token)) return 'token has characters that no header can have, such as a line end';
  if (userAgent && !isHeader(userAgent)) return 'userAgent has characters that no header can have';
  // HTTP/2 drops a header that ends in white space.
  if (token && token.trim() !== token) return 'token has white space around it';
  if (userAgent && userAgent.trim() !== userAgent) return 'userAgent has white space around it';
  if (ca && !hasCertificate(ca)) return 'ca has no certificate in PEM';
  if (cert && !hasCertificate(cert)) return 'cert has no certificate in PEM';
  if (key && !hasKey(key)) return 'key has no key in PEM, or an encrypted one';
  return undefined;
}

function kindOf(value: unknown): string {
  return value === undefined ? 'missing' : value === null ? 'null' : `of type ${typeof value}`;
}

function invalid(message: string): RestConfigError {
  return new RestConfigError('Invalid', `${message}.`);
}
