// The server
export { ApiServer, apiServer } from './api-server.ts';
export type { ApiServerOptions } from './api-server-options.ts';
export type { ServerAddress } from './wire/network-face.ts';
export type { Backup } from './objects/collections.ts';
export type { Release } from './discovery/release.ts';
export type { SavedState } from './objects/saved-state.ts';
export type { AnsweredRequest } from './requests/answered-request.ts';
export type { CustomResource } from './discovery/declared-resource.ts';

// What it has seen
export type { RecordedRequest, Transport } from './requests/recorded-request.ts';
export type { Verb } from './requests/api-request.ts';

// Faults on demand
export type { Failure } from './requests/failure.ts';
export type { InterceptedReply, Interceptor } from './requests/interception.ts';
export type { NoReply } from './requests/api-reply.ts';
export type { TlsIdentity } from './wire/certificate-authority.ts';
export type { StreamEnd } from './requests/request-service.ts';

// Without a socket
export type { MemoryEvent, MemoryHttpClient, MemoryRequest } from './memory/memory-http-client.ts';
