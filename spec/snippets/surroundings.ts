/** What a snippet leaves to its reader. */
export interface Surroundings {
  /** What stands before it: imports and what it speaks of. */
  readonly before?: string;
  /** What stands after it, to see more of it when it runs. */
  readonly then?: string;
  /** Its types, asserted by `expectTypeOf`. */
  readonly types?: string;
  /**
   * What it prints, each of these, in a run against the embedded server, which has the pod `default/web-0`: ready, on the
   * node `worker-1`. It is not run without.
   */
  readonly prints?: readonly string[];
  /** The file that it is, which others import. */
  readonly file?: string;
}

/** By the name of the snippet. One that is whole in itself and whose types need no word has no entry. */
export const surroundings: Readonly<Record<string, Surroundings>> = {
  'README.md, kuberx': {
    prints: ['1 pods, 0 on no node', 'added web-0', 'watching'],
    before: `
      import type { V1Pod } from '@kubernetes/client-node';
      import type { Raw, SharedInformer } from 'kuberx';`,
    types: `
      expectTypeOf(pods).toEqualTypeOf<SharedInformer<Raw<V1Pod>, 'node'>>();`,
  },
  'README.md, The pieces': {
    before: `
      import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
      import { type Observable, of, scan } from 'rxjs';
      import { type CacheEvent, conflateByKey, dropManagedFields, emptySnapshot, listAndWatch, minutes, type Raw, reduceSnapshot, resync, retryWithBackoff, seconds, sharedInformer, type Snapshot } from 'kuberx';
      import { isReady } from 'kuberx/conditions';
      import { listWatch } from 'kuberx/client-node';
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromDefault();
      const listerWatcher = listWatch(kubeConfig, 'v1/pods');
      const reconcile = (pod: Raw<V1Pod>) => of(pod.spec?.nodeName);`,
    then: `
      console.log('ready:', ready?.metadata.name);
      work$.subscribe((node) => console.log('reconciled on', node));
      snapshots$.subscribe(({ size, synced }) => console.log(size, 'in a snapshot,', synced));`,
    prints: ['ready: web-0', 'reconciled on worker-1', '1 in a snapshot, true'],
    types: `
      expectTypeOf(work$).toEqualTypeOf<Observable<string | undefined>>();
      expectTypeOf(ready).toEqualTypeOf<Raw<V1Pod> | undefined>();
      expectTypeOf(cacheEvents$).toEqualTypeOf<Observable<CacheEvent<Raw<V1Pod>>>>();
      expectTypeOf(snapshots$).toEqualTypeOf<Observable<Snapshot<Raw<V1Pod>>>>();`,
  },
  'README.md, In a pod': {
    before: `
      import type { Raw, SharedInformer } from 'kuberx';`,
    types: `
      expectTypeOf(pods).toExtend<SharedInformer<Raw<V1Pod>>>();`,
  },
  'README.md, Test a pipeline in virtual time': {
    before: `
      import type { Observable } from 'rxjs';
      import type { RunHelpers } from 'rxjs/testing';
      import { it } from 'vitest';
      import { type KubernetesObject, minutes, sharedInformer } from 'kuberx';
      import { fakeListerWatcher, type FakeListerWatcher, marbleOptions } from 'kuberx/testing';
      import { type Alert, alertWhenUnreadyFor } from './examples/marble-tested-pipeline.ts';
      declare const frames: {};
      declare const values: {};
      declare const marbles: (spec: (helpers: RunHelpers) => void) => void;`,
  },
  'README.md, In a table': {
    before: `
      import { KubeConfig } from '@kubernetes/client-node';
      import { sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      const pods = sharedInformer(listWatch(new KubeConfig(), 'v1/pods'));`,
  },
  'README.md, In React': {
    before: `
      import type { KubernetesObject, OrderBy } from 'kuberx';
      import { fetchHttpClient, informerFactory } from 'kuberx/http';
      import { KubeProvider, useKube } from 'kuberx/react';`,
  },
  'docs/client-node.md, makeInformer': {
    prints: ['add web-0', '1 undefined'],
  },
  'docs/client-node.md, A factory': {
    before: `
      import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
      import type { PartialObjectMetadata, Raw, SharedInformer } from 'kuberx';
      const kubeConfig = new KubeConfig();
      kubeConfig.loadFromDefault();`,
    then: `
      console.log(pods.snapshot$.value.size, 'pods,', names.snapshot$.value.size, 'names,', pods.status$.value.phase);`,
    prints: ['1 pods, 0 names, stopped'],
    types: `
      expectTypeOf(pods).toEqualTypeOf<SharedInformer<Raw<V1Pod>>>();
      expectTypeOf(names).toEqualTypeOf<SharedInformer<PartialObjectMetadata>>();`,
  },
  'docs/connections.md, What a server serves': {
    before: `
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    then: `
      console.log(plural, resources.length > 50, failures.length);`,
    prints: ['apps/v1/deployments true true', 'cronjobs true 0'],
  },
  'docs/connections.md, What a server serves 2': {
    before: `
      import { sharedInformer } from 'kuberx';
      import { discovery, listWatch } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      const apis = discovery(kubeConfig);`,
  },
  'docs/guide.md, The program prints nothing. Why?': {
    before: `
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { pods } = ofKubeConfig();
      pods.connect();`,
  },
  'docs/guide.md, The program prints nothing. Why? 2': {
    before: `
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { pods } = ofKubeConfig();`,
    then: `
      console.log(pods.snapshot$.value.size, 'pods');`,
    prints: ['1 pods'],
  },
  'docs/guide.md, How is it stopped?': {
    before: `
      import { sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    then: `
      await pods.whenSynced();
      stopping.abort();`,
    prints: ['added', 'stopped'],
  },
  'docs/guide.md, How are several namespaces or clusters watched?': {
    before: `
      import { mergeInformers, sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    then: `
      await pods.whenSynced();
      console.log('both');`,
    prints: ['both'],
  },
  'docs/guide.md, How is a custom resource watched, with types?': {
    before: `
      import type { V1ObjectMeta } from '@kubernetes/client-node';
      import { type Raw, sharedInformer, type SharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    types: `
      expectTypeOf(widgets).toEqualTypeOf<SharedInformer<Raw<Widget>>>();
      expectTypeOf(widgets.snapshot$.value.list()[0]!.spec.size).toEqualTypeOf<number>();`,
  },
  'docs/guide.md, How is an object written?': {
    before: `
      import type { Raw } from 'kuberx';
      import type { Patch } from 'kuberx/http';
      import type { V1ConfigMap } from '@kubernetes/client-node';
      import type { ObjectOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    then: `
      console.log('written:', data);`,
    prints: ["written: { size: '2' }"],
    types: `
      expectTypeOf(data).toEqualTypeOf<Raw<V1ConfigMap>['data']>();`,
  },
  'docs/guide.md, What about large numbers?': {
    before: `
      import { UnsafeNumberError } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    prints: ['not sent: spec.priority'],
  },
  'docs/guide.md, How is it logged?': {
    before: `
      import { distinctUntilChanged, map } from 'rxjs';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { pods } = ofKubeConfig();
      pods.connect();
      const log = { info: (about: object, line: string | undefined) => console.log(JSON.stringify(about), line) };`,
    prints: ['{"resource":"v1/pods"} up to date'],
  },
  'docs/guide.md, Behind which proxies does a dead server look alive?': {
    before: `
      import type { ProxyOptions } from 'vite';`,
    then: `
      export { api };`,
  },
  'docs/writing.md, Edit': {
    before: `
      import { writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    prints: ["{ size: '2' }"],
  },
  'docs/writing.md, Status and conditions': {
    before: `
      import { setCondition, writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      const web = await resourceClient(kubeConfig, 'apps/v1/deployments').create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'default', name: 'web-1' },
        spec: { replicas: 1, selector: {}, template: {} },
      });`,
    prints: ['True'],
  },
  'docs/writing.md, Scale and other subresources': {
    before: `
      import { writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      const web = await resourceClient(kubeConfig, 'apps/v1/deployments').create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'default', name: 'web-2' },
        spec: { replicas: 1, selector: {}, template: {} },
      });`,
    prints: ['3 replicas'],
  },
  'docs/writing.md, Apply, and field managers': {
    before: `
      import { WriteError, writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    prints: ["FieldConflict { size: '3' }"],
  },
  'docs/writing.md, Apply any kind': {
    before: `
      import { writerOf } from 'kuberx';
      import { discovery, resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    prints: ['applied to v1/configmaps'],
  },
  'docs/writing.md, Owners': {
    before: `
      import { setOwner, writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      const web = await resourceClient(kubeConfig, 'apps/v1/deployments').create({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { namespace: 'default', name: 'web-3' },
        spec: { replicas: 1, selector: {}, template: {} },
      });`,
    prints: ['Deployment'],
  },
  'docs/writing.md, Finalizers': {
    before: `
      import { take } from 'rxjs';
      import { controllerFor, sharedInformer, withFinalizer } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      import { listWatch } from 'kuberx/client-node';
      const client = resourceClient(kubeConfig, 'v1/configmaps');
      const configMaps = sharedInformer(listWatch(kubeConfig, 'v1/configmaps'));`,
    then: `
      const metadata = { namespace: 'default', name: 'held' };
      await client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
      controller.reports$.pipe(take(1)).subscribe(({ type }) => console.log(type, buckets));`,
    prints: ["done Set(1) { 'held' }"],
  },
  'docs/writing.md, CustomResourceDefinitions': {
    before: `
      import { installCrd } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();
      const definition = {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.example.com' },
        spec: {
          group: 'example.com',
          names: { plural: 'widgets', kind: 'Widget' },
          scope: 'Namespaced',
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
        },
      };`,
    prints: ['served'],
  },
  'docs/writing.md, Dry runs': {
    before: `
      import { writerOf } from 'kuberx';
      import { resourceClient } from 'kuberx/client-node';
      import { ofKubeConfig } from './spec/snippets/of-kube-config.ts';
      const { kubeConfig } = ofKubeConfig();`,
    prints: ['would be written: tried'],
  },
  'docs/testing.md, A controller in virtual time': {
    prints: ['1s added default/a 5ms updated default/a', '1s failed default/a 5ms (done default/a, done default/a)'],
  },
  'docs/testing.md, Writes, answer by answer': { prints: ['3 requests'] },
  'docs/testing.md, With a server on loopback': { prints: ['create v1/configmaps'] },
  'docs/ui.md, A view': {
    before: `
      import { KubeConfig } from '@kubernetes/client-node';
      import { sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      const pods = sharedInformer(listWatch(new KubeConfig(), 'v1/pods'));`,
    types: `
      import type { View } from 'kuberx';
      expectTypeOf(running).toEqualTypeOf<View<Pod>>();`,
  },
  'docs/ui.md, Time': {
    before: `
      import { KubeConfig, type V1Pod } from '@kubernetes/client-node';
      import { type Raw, sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      type Pod = Raw<V1Pod>;
      const pods = sharedInformer(listWatch(new KubeConfig(), 'v1/pods'));`,
  },
  'docs/ui.md, Counts and sums': {
    before: `
      import { KubeConfig } from '@kubernetes/client-node';
      import { listWatch } from 'kuberx/client-node';
      const podListerWatcher = listWatch(new KubeConfig(), 'v1/pods');`,
    types: `
      import type { ReadonlyBehaviorSubject, Sums } from 'kuberx';
      expectTypeOf(restarts).toEqualTypeOf<ReadonlyBehaviorSubject<Sums>>();`,
  },
  'docs/ui.md, Published once a frame': {
    before: `
      import { KubeConfig } from '@kubernetes/client-node';
      import { sharedInformer } from 'kuberx';
      import { listWatch } from 'kuberx/client-node';
      const pods = sharedInformer(listWatch(new KubeConfig(), 'v1/pods'));`,
  },
  'docs/ui.md, Rows at once': {
    before: `
      import type { V1Pod } from '@kubernetes/client-node';
      import type { Raw } from 'kuberx';
      type Pod = Raw<V1Pod>;`,
  },
  'docs/ui.md, Tokens and cookies': {
    before: `declare function signIn(): Promise<string>;`,
  },
  'docs/ui.md, Other frameworks': {
    file: 'rows.ts',
  },
  'docs/ui.md, Svelte 2': {
    before: `
      /// <reference types="svelte" />`,
  },
  'docs/ui.md, React': {
    types: `
      import type { V1Pod } from '@kubernetes/client-node';
      import type { Raw, Rows } from 'kuberx';
      expectTypeOf<ReturnType<typeof useKube<'v1/pods'>>['rows']>().toEqualTypeOf<Rows<Raw<V1Pod>>>();`,
  },
};
