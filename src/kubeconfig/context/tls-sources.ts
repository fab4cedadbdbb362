import type { TlsSources } from '../../rest/config/tls-material.ts';
import { hasCertificate, hasKey } from '../../rest/config/pem.ts';
import { KubeConfigError } from '../kube-config-error.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * Where the TLS settings of a context come from. Throws a `KubeConfigError` for what kubectl refuses: data and a file of the
 * same, a certificate without its key, a CA that would verify nothing, data that is not PEM.
 */
export function tlsSources({ clusterName, cluster, userName, user = {} }: UsedContext): TlsSources {
  const ofCluster = `the cluster ${quoted(clusterName)}`;
  const ofUser = `the user ${quoted(userName)}`;
  const authority = source(ofCluster, cluster, 'certificate-authority', 'certificate', hasCertificate);
  const certificate = source(ofUser, user, 'client-certificate', 'certificate', hasCertificate);
  const hasOwn = certificate.data !== undefined || certificate.file !== undefined;
  // A key without a certificate says nothing: kubectl passes over it.
  const key = hasOwn ? source(ofUser, user, 'client-key', 'key, or an encrypted one', hasKey) : {};
  if (hasOwn && key.data === undefined && key.file === undefined)
    throw new KubeConfigError('Tls', `${ofUser} has a client certificate, but neither client-key nor client-key-data.`);
  const insecure = cluster['insecure-skip-tls-verify'] === true;
  if (insecure && (authority.data !== undefined || authority.file !== undefined)) {
    const message = `${ofCluster} has insecure-skip-tls-verify, so that its certificate-authority would verify nothing; keep one of them.`;
    throw new KubeConfigError('Tls', message);
  }
  return {
    ca: authority.data,
    caFile: authority.file,
    cert: certificate.data,
    certFile: certificate.file,
    key: key.data,
    keyFile: key.file,
    serverName: cluster['tls-server-name'],
    insecureSkipTlsVerify: insecure,
  };
}

interface Source {
  readonly data?: string | undefined;
  readonly file?: string | undefined;
}

function source<Name extends 'certificate-authority' | 'client-certificate' | 'client-key'>(
  whose: string,
  entry: { readonly [Field in Name | `${Name}-data`]?: string },
  name: Name,
  what: string,
  isThere: (text: string) => boolean,
): Source {
  const { [name]: file, [`${name}-data` as const]: encoded } = entry as Readonly<Record<string, string | undefined>>;
  if (encoded === undefined) return { file };
  if (file !== undefined) throw new KubeConfigError('Tls', `${whose} has ${name} and ${name}-data; keep one of them.`);
  const data = Buffer.from(encoded, 'base64').toString();
  if (!isThere(data)) throw new KubeConfigError('Tls', `${name}-data of ${whose} has no ${what} in PEM.`);
  return { data };
}
