/** kuberx with a kubeconfig that it loads itself. Argument: a variant of `variants`. */
import { loadKubeConfig } from 'kuberx/kubeconfig';
import { listWatch } from 'kuberx/rest';
import { serveCache } from './serve-cache.ts';

const kubeConfig = loadKubeConfig();

serveCache((options) => listWatch(kubeConfig, 'v1/pods', options));
