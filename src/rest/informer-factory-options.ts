import type { FactoryInformerOptions } from '../informer/many/shared-informer-factory.ts';
import type { ReadingOptions } from '../transport/request/reading-options.ts';
import type { HttpOptions } from './connection/http-client-for.ts';

/** Options of an `informerFactory`: how it reaches the server, and what all of its informers have in common. */
export interface InformerFactoryOptions extends FactoryInformerOptions, HttpOptions, ReadingOptions {}
