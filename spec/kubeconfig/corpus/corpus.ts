import { contexts } from './contexts.ts';
import type { KubeConfigCase } from './kubeconfig-case.ts';
import { loading } from './loading.ts';
import { plugins } from './plugins.ts';
import { providers } from './providers.ts';
import { proxies } from './proxies.ts';
import { servers } from './servers.ts';
import { tls } from './tls.ts';
import { users } from './users.ts';

/** All cases, by their topic. */
export const corpus: Readonly<Record<string, readonly KubeConfigCase[]>> = {
  loading,
  contexts,
  servers,
  tls,
  users,
  plugins,
  providers,
  proxies,
};
