import type {} from 'kuberx/client-node'; // the types of its resources
import { fetchHttpClient, informerFactory } from 'kuberx/http';

/** The informers of the page. */
export const factory = informerFactory(fetchHttpClient({ server: window.location.origin }));
