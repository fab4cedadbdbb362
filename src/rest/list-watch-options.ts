import type { ListWatchSelection } from '../transport/list-watch-over.ts';
import type { HttpOptions } from './connection/http-client-for.ts';

/** Options of a `listWatch`: what is listed and watched, and how the server is reached. */
export interface ListWatchOptions extends ListWatchSelection, HttpOptions {}
