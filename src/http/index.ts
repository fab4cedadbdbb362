export { exactText } from '../protocol/numbers/json-text.ts';
export { getJson } from './get-json.ts';
export type { GetJsonOptions } from './get-json.ts';
export { builtInByName, builtInByWord } from '../protocol/objects/built-in-names.ts';
export type { BuiltInName } from '../protocol/objects/built-in-names.ts';
export { kubeErrorFromStatus } from '../protocol/errors/kube-error.ts';
export type { Alive } from '../protocol/lister-watcher.ts';
export type { StatusDetails } from '../protocol/errors/status.ts';
export { awaitable } from '../protocol/awaitable.ts';
export type { ApplyPatch, JsonPatchOperation, MergePatch, Patch, StrategicMergePatch } from '../protocol/patch.ts';
export type { DeleteOptions, NewObject, ObjectReference, WriteOptions } from '../protocol/resource-client.ts';
export { fetchHttpClient } from '../transport/request/fetch-http-client.ts';
export type { FetchHttpClientOptions } from '../transport/request/fetch-http-client.ts';
export type { HttpChunk, HttpClient, HttpEvent, HttpHead, HttpRequest } from '../transport/request/http-client.ts';
export { httpListerWatcher } from '../transport/http-lister-watcher.ts';
export type { HttpListerWatcherOptions } from '../transport/http-lister-watcher.ts';
export { httpResourceClient } from '../transport/http-resource-client.ts';
export type { HttpResourceClientOptions } from '../transport/http-resource-client.ts';
export {
  NamespaceSyntaxError,
  parseResource,
  resourceInWords,
  resourcePath,
  ResourceSyntaxError,
} from '../transport/request/parse-resource.ts';
export type { Resource } from '../transport/request/parse-resource.ts';
export type { CollectionOptions, Selectors } from '../protocol/collection-options.ts';
export type { AnswerOptions } from '../transport/request/reading-options.ts';
export type { ServerWarning, WarningOptions } from '../transport/request/server-warnings.ts';
export { listWatch } from './list-watch.ts';
export type { ListWatchSelection } from '../transport/list-watch-over.ts';
export { resourceClient } from './resource-client.ts';
export { informerFactory } from './informer-factory.ts';
export type { HttpInformerFactoryOptions } from './informer-factory.ts';
export type { ResourceInformerFactory } from '../informer/many/resource-informer-factory.ts';
export { discovery } from './discovery.ts';
export type { Discovery, HttpDiscoveryOptions } from '../transport/discovery/discovery-over.ts';
export type {
  DiscoveredApis,
  DiscoveredResource,
  DiscoveredSubresource,
  DiscoveryFailure,
} from '../transport/discovery/discovered-apis.ts';
export type { ObjectKind } from '../transport/discovery/find-resource.ts';
export { UnknownResourceError } from '../transport/discovery/unknown-resource-error.ts';
export type { Connection, ConnectionState, ConnectionStreams, PageConnection } from './page/connection.ts';
export { pageConnection } from './page/page-connection.ts';
export type { PageConnectionOptions } from './page/page-connection.ts';
export type { HttpSource } from './http-client-of.ts';
