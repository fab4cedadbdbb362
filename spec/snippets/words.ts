import { KubeConfig, type V1Node, type V1Pod } from '@kubernetes/client-node';
import { EMPTY, type Observable } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { expect } from 'vitest';
import {
  type KubernetesObject,
  type LeaderState,
  type ListerWatcher,
  type Raw,
  type ReadonlyBehaviorSubject,
  type ResourceClient,
  type SharedInformer,
  sharedInformer,
} from 'kuberx';
import { listWatch } from 'kuberx/client-node';

/** What the examples of doc comments speak of. They need not import these names. */

export const kubeConfig = new KubeConfig();

export const podListerWatcher: ListerWatcher<Raw<V1Pod>> = listWatch(kubeConfig, 'v1/pods');

/** An informer of all pods. */
export const pods: SharedInformer<Raw<V1Pod>> = sharedInformer(podListerWatcher);

export const nodes: SharedInformer<Raw<V1Node>> = sharedInformer(listWatch(kubeConfig, 'v1/nodes'));

export declare const pod: Raw<V1Pod>;

/** Who leads. */
export declare const leader$: ReadonlyBehaviorSubject<LeaderState>;

/** A custom resource. */
interface Widget extends KubernetesObject {
  readonly spec: { readonly size: number };
  readonly status?: { readonly size?: number; readonly conditions?: readonly object[] };
}

export declare const widget: Raw<Widget>;

export declare const widgets: ResourceClient<Raw<Widget>>;

export const widgetDefinition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.example.com' },
  spec: { group: 'example.com', names: { plural: 'widgets', kind: 'Widget' }, scope: 'Namespaced', versions: [] },
};

/** Of the program that the example is cut from. */
export const { signal } = new AbortController();

export const testScheduler = new TestScheduler((actual, expected) => expect(actual).toEqual(expected));

/** What a controller does about an object. */
export function reconcile(_object: object): Observable<never> {
  return EMPTY;
}

/** What an interface does with a state. */
export function render(_state: unknown): void {
  // Nothing: an example is compiled, and not run.
}
