import type { WarningOptions } from '../transport/request/server-warnings.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';

/** Options of a resource client: the deadlines of its connections, and a callback for the server's warnings. */
export interface ResourceClientOptions extends ConnectionOptions, WarningOptions {}
