import { dropManagedFields, type KubernetesObject, metaNamespaceIndex, seconds, sharedInformer } from 'kuberx';
import { fetchHttpClient, httpListerWatcher } from 'kuberx/http';

/** What this page reads of a pod. */
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
 * The pods of the page: one watch, however many components subscribe, and none while nobody does. The grace period bridges
 * the moment between two of them, such as the second mount in StrictMode.
 */
export const pods = sharedInformer(listerWatcher, {
  indexers: { namespace: metaNamespaceIndex },
  transform: dropManagedFields,
  gracePeriod: seconds(1),
});
