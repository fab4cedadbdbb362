// The server
export { ApiServer, apiServer, type ApiServerOptions } from './api-server.ts';
export type { Backup, CustomResource } from './collections.ts';

// What it has seen
export type { RecordedRequest } from './recorded-request.ts';
export type { Verb } from './api-request.ts';

// Faults on demand
export type { Failure } from './failure.ts';
export type { InterceptedReply, Interceptor } from './interception.ts';
export type { NoReply } from './api-reply.ts';
export type { StreamEnd } from './open-stream.ts';
