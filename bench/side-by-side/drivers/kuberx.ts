/** kuberx with a kubeconfig of client-node. Argument: a variant of `variants`. */
import { KubeConfig } from '@kubernetes/client-node';
import { listWatch } from 'kuberx/client-node';
import { serveCache } from './serve-cache.ts';

const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

serveCache((options) => listWatch(kubeConfig, 'v1/pods', options));
