import type {} from 'kuberx/client-node'; // the types of its resources
import { dropManagedFields, seconds } from 'kuberx';
import { fetchHttpClient, informerFactory } from 'kuberx/http';
import { datedFetch } from './server-time.ts';

/**
 * The pods of the page: one watch for any number of subscribed components, and none without one. The grace period bridges the time
 * between two of them, such as the second mount in StrictMode.
 */
export const pods = informerFactory(fetchHttpClient({ server: window.location.origin, fetch: datedFetch }), {
  transform: dropManagedFields,
  gracePeriod: seconds(1),
}).informer('v1/pods');
