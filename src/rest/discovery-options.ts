import type { HttpDiscoveryOptions } from '../transport/discovery/discovery-over.ts';
import type { HttpOptions } from './connection/http-client-for.ts';

/** Options of a `discovery`: how the server is reached, and how time is kept. */
export interface DiscoveryOptions extends HttpDiscoveryOptions, HttpOptions {}
