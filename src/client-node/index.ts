export { listWatch } from './list-watch.ts';
export type { ListWatchOptions } from '../rest/list-watch-over.ts';
export { listWatchFromClient, restClient } from './rest-client.ts';
export type { RestClient } from './rest-client.ts';
export { resourceClient } from './resource-client.ts';
export type { ResourceClientOptions } from '../rest/resource-client-over.ts';
export { kubeHttpClient } from './kube-http-client.ts';
export { loadKubeConfig } from './load-kube-config.ts';
export type { ConnectionOptions } from '../rest/connection/connection-options.ts';
export type { BuiltInResources, ObjectOf } from './built-in-resources.ts';
export { informerFactory } from './informer-factory.ts';
export type {
  InformerFactoryOptions,
  InformerSelection,
  KubeInformerFactory,
  RawResources,
} from './informer-factory.ts';
export { makeInformer } from './make-informer.ts';
export type { MakeInformerOptions } from './make-informer.ts';
