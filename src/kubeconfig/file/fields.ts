import type {
  AuthProviderConfig,
  ExecConfig,
  ExecEnvironment,
  KubeConfigCluster,
  KubeConfigContext,
  KubeConfigExtension,
  KubeConfigUser,
} from './entries.ts';

/** Why a file is not a kubeconfig, in words that hold nothing of its content but names of fields. */
export class SyntaxFault extends Error {}

/** Where in the file a value stands: `users[0].user.`, or nothing for the file itself. */
export interface Place {
  readonly path: string;
}

type Record_ = Readonly<Record<string, unknown>>;

function fault(place: Place, name: string, takes: string): SyntaxFault {
  return new SyntaxFault(`${place.path}${name} is not ${takes}`);
}

/** A text, or undefined where it is empty, null or not there. A number is none: it has to stand in quotes. */
export function optionalText(from: Record_, name: string, place: Place): string | undefined {
  const value = from[name] ?? '';
  if (typeof value !== 'string') throw fault(place, name, 'a string (a number or a yes needs quotes)');
  return value === '' ? undefined : value;
}

function optionalFlag(from: Record_, name: string, place: Place): true | undefined {
  const value = from[name] ?? false;
  if (typeof value !== 'boolean') throw fault(place, name, 'true or false');
  return value || undefined;
}

// Go takes line ends in it, and nothing else: a file that another program would cut off is refused.
function optionalData(from: Record_, name: string, place: Place): string | undefined {
  const value = optionalText(from, name, place)?.replaceAll(/[\r\n]/g, '');
  if (value === undefined) return undefined;
  if (!/^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(value)) throw fault(place, name, 'base64');
  return value;
}

function record(value: unknown, place: Place, name: string): Record_ {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw fault(place, name, 'a set of fields');
  return value as Record_;
}

function optionalList<T>(
  from: Record_,
  name: string,
  place: Place,
  read: (item: unknown, place: Place, name: string) => T,
): readonly T[] | undefined {
  const value = from[name] ?? [];
  if (!Array.isArray(value)) throw fault(place, name, 'a list');
  return value.length === 0 ? undefined : value.map((item: unknown, i) => read(item, place, `${name}[${i}]`));
}

function textItem(item: unknown, place: Place, name: string): string {
  const value = item ?? '';
  if (typeof value !== 'string') throw fault(place, name, 'a string');
  return value;
}

function optionalTexts<T>(
  from: Record_,
  name: string,
  place: Place,
  read: (value: unknown, place: Place, name: string) => T,
): Readonly<Record<string, T>> | undefined {
  const entries = Object.entries(record(from[name], place, name));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(([key, value]) => [key, read(value, place, name)]));
}

/** What is there, without what is undefined. */
function present<T extends object>(fields: { readonly [Name in keyof T]: T[Name] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

/** The entries of a list by their names. Throws a `SyntaxFault` where a name comes twice. */
export function named<T>(
  content: Record_,
  list: string,
  field: string,
  read: (from: Record_, place: Place) => T,
): ReadonlyMap<string, T> {
  const entries = new Map<string, T>();
  optionalList(content, list, { path: '' }, (item, place, name) => {
    const from = record(item, place, name);
    const own = optionalText(from, 'name', { path: `${name}.` }) ?? '';
    const entry = read(record(from[field], { path: `${name}.` }, field), { path: `${name}.${field}.` });
    if (entries.has(own)) throw new SyntaxFault(`${list} has the name ${JSON.stringify(own)} twice`);
    entries.set(own, entry);
  });
  return entries;
}

function extensions(from: Record_, place: Place): readonly KubeConfigExtension[] | undefined {
  const seen = new Set<string | undefined>();
  return optionalList(from, 'extensions', place, (item, _, name) => {
    const own = record(item, place, name);
    const extension = present<KubeConfigExtension>({
      name: optionalText(own, 'name', { path: `${place.path}${name}.` }),
      extension: own['extension'] ?? undefined,
    });
    if (seen.has(extension.name)) throw new SyntaxFault(`${place.path}extensions has one name twice`);
    seen.add(extension.name);
    return extension;
  });
}

/** Reads a cluster. */
export function cluster(from: Record_, place: Place): KubeConfigCluster {
  return present<KubeConfigCluster>({
    server: optionalText(from, 'server', place),
    'tls-server-name': optionalText(from, 'tls-server-name', place),
    'insecure-skip-tls-verify': optionalFlag(from, 'insecure-skip-tls-verify', place),
    'certificate-authority': optionalText(from, 'certificate-authority', place),
    'certificate-authority-data': optionalData(from, 'certificate-authority-data', place),
    'proxy-url': optionalText(from, 'proxy-url', place),
    'disable-compression': optionalFlag(from, 'disable-compression', place),
    extensions: extensions(from, place),
  });
}

/** Reads a context. */
export function context(from: Record_, place: Place): KubeConfigContext {
  return present<KubeConfigContext>({
    cluster: optionalText(from, 'cluster', place),
    user: optionalText(from, 'user', place),
    namespace: optionalText(from, 'namespace', place),
    extensions: extensions(from, place),
  });
}

/** Reads a user. */
export function user(from: Record_, place: Place): KubeConfigUser {
  return present<KubeConfigUser>({
    'client-certificate': optionalText(from, 'client-certificate', place),
    'client-certificate-data': optionalData(from, 'client-certificate-data', place),
    'client-key': optionalText(from, 'client-key', place),
    'client-key-data': optionalData(from, 'client-key-data', place),
    token: optionalText(from, 'token', place),
    tokenFile: optionalText(from, 'tokenFile', place),
    as: optionalText(from, 'as', place),
    'as-uid': optionalText(from, 'as-uid', place),
    'as-groups': optionalList(from, 'as-groups', place, textItem),
    'as-user-extra': optionalTexts(from, 'as-user-extra', place, (value, own, name) => {
      return optionalList({ [name]: value }, name, own, textItem) ?? [];
    }),
    username: optionalText(from, 'username', place),
    password: optionalText(from, 'password', place),
    'auth-provider': authProvider(from, place),
    exec: exec(from, place),
    extensions: extensions(from, place),
  });
}

function authProvider(from: Record_, place: Place): AuthProviderConfig | undefined {
  const given = from['auth-provider'] ?? undefined;
  if (given === undefined) return undefined;
  const own = record(given, place, 'auth-provider');
  const inside: Place = { path: `${place.path}auth-provider.` };
  return present<AuthProviderConfig>({
    name: optionalText(own, 'name', inside),
    config: optionalTexts(own, 'config', inside, textItem),
  });
}

function exec(from: Record_, place: Place): ExecConfig | undefined {
  const given = from['exec'] ?? undefined;
  if (given === undefined) return undefined;
  const own = record(given, place, 'exec');
  const inside: Place = { path: `${place.path}exec.` };
  const apiVersion = optionalText(own, 'apiVersion', inside);
  return present<ExecConfig>({
    command: optionalText(own, 'command', inside),
    args: optionalList(own, 'args', inside, textItem),
    env: optionalList(own, 'env', inside, (item, _, name) => {
      const variable = record(item, inside, name);
      return present<ExecEnvironment>({
        name: optionalText(variable, 'name', { path: `${inside.path}${name}.` }),
        value: optionalText(variable, 'value', { path: `${inside.path}${name}.` }),
      });
    }),
    apiVersion,
    installHint: optionalText(own, 'installHint', inside),
    provideClusterInfo: optionalFlag(own, 'provideClusterInfo', inside),
    interactiveMode: optionalText(own, 'interactiveMode', inside) ?? usualMode(apiVersion),
  });
}

// v1 asks for it to be said. Source: client-go, clientcmd/api/v1, SetDefaults_ExecConfig.
function usualMode(apiVersion: string | undefined): string | undefined {
  return /^client\.authentication\.k8s\.io\/v1(?:alpha|beta)1$/.test(apiVersion ?? '') ? 'IfAvailable' : undefined;
}
