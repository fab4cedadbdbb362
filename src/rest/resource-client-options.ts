import type { AnswerOptions } from '../transport/request/reading-options.ts';
import type { ConnectionOptions } from './connection/connection-options.ts';

/** Options of a resource client: the deadlines of its connections, how objects are read, and a callback for the server's warnings. */
export interface ResourceClientOptions extends ConnectionOptions, AnswerOptions {}
