import { dropManagedFields, type KubernetesObject, metaNamespaceIndex, seconds, sharedInformer } from 'kuberx';
import { fetchHttpClient, httpListerWatcher } from 'kuberx/http';

/** The fields of a pod that this page reads. */
export interface Pod extends KubernetesObject {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly {
      readonly name: string;
      readonly image: string;
      readonly ready: boolean;
      readonly restartCount: number;
    }[];
  };
}

const listerWatcher = httpListerWatcher<Pod>({
  http: fetchHttpClient({ server: window.location.origin }), // which passes /api on to the API server
  resource: 'v1/pods',
  path: '/api/v1/pods',
  apiVersion: 'v1',
  kind: 'Pod',
});

/**
 * The pods of the page: one watch for any number of subscribed components, and none without one. The grace period
 * bridges the time between two of them, such as the second mount in StrictMode.
 */
export const pods = sharedInformer(listerWatcher, {
  indexers: { namespace: metaNamespaceIndex },
  transform: dropManagedFields,
  gracePeriod: seconds(1),
});
