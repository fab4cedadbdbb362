import { KubeConfigError } from '../kube-config-error.ts';
import { quoted, type UsedContext } from './used-context.ts';

/**
 * The address of a context's server. As in kubectl, `host:port` without a scheme is a plain http server, and a query or a
 * fragment is dropped. Throws a `KubeConfigError` for anything but http and https, and for a name or password in it: what is in
 * the address is not told.
 */
export function serverUrl({ clusterName, cluster: { server } }: UsedContext): URL {
  const invalid = (what: string): KubeConfigError =>
    new KubeConfigError('Server', `the cluster ${quoted(clusterName)} ${what}, such as "https://10.0.0.1:6443".`);
  if (server === undefined) throw invalid('has no server; it takes a URL');
  // What a URL parser of browsers mends in silence, Go refuses.
  const isPlain = !/[\s\p{Cc}\\]/u.test(server);
  const url = isPlain ? (URL.parse(hasHost(server) ? server : `http://${server}`) ?? undefined) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw invalid('has a server that is not an http or https URL');
  if (url.username !== '' || url.password !== '')
    throw invalid(
      'has a name or a password in its server, which no server takes any more; it takes a URL without them',
    );
  if (!hasHost(server) && url.pathname !== '/') throw invalid('has a server that is neither a URL nor host:port');
  url.search = '';
  url.hash = '';
  return url;
}

function hasHost(server: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\/[^/]/i.test(server);
}
