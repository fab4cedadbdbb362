import { type Observable, VirtualTimeScheduler } from 'rxjs';
import type { KubernetesObject, ResourceClient } from 'kuberx';
import { type Raw, sharedInformer, type SharedInformer, type SharedInformerOptions } from 'kuberx';
import type { V1ConfigMap } from '@kubernetes/client-node';
import { listWatch, resourceClient } from 'kuberx/http';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';
import { seededRandom } from '../../scripts/soak/seeded-random.ts';

export type ConfigMap = Raw<V1ConfigMap>;

export const configMaps = 'v1/configmaps';

/** An embedded server with its clients, all in virtual time. */
export interface VirtualCluster {
  readonly server: ApiServer;
  readonly scheduler: VirtualTimeScheduler;
  readonly random: () => number;
  client<T extends KubernetesObject = ConfigMap>(resource?: string): ResourceClient<T>;
  informer<T extends KubernetesObject = ConfigMap>(
    resource?: string,
    options?: Partial<SharedInformerOptions<T>>,
  ): SharedInformer<T>;
  /** Lets this much time pass. */
  pass(milliseconds: number): void;
  /** What an Observable comes to once this much time has passed: its last value, or its error. */
  outcome<T>(source$: Observable<T>, milliseconds?: number): T;
}

export function virtualCluster(options: ApiServerOptions = {}, seed = 1): VirtualCluster {
  const scheduler = new VirtualTimeScheduler();
  const random = seededRandom(seed);
  const server = new ApiServer({ listen: false, scheduler, random, ...options });
  const pass = (milliseconds: number): void => {
    scheduler.maxFrames = scheduler.frame + milliseconds;
    scheduler.flush();
    scheduler.frame = scheduler.maxFrames;
  };
  return {
    server,
    scheduler,
    random,
    client: (resource = configMaps) => resourceClient(server.http, resource) as never,
    informer: <T extends KubernetesObject>(
      resource = configMaps,
      more: Partial<SharedInformerOptions<T>> = {},
    ): SharedInformer<T> =>
      sharedInformer<T>(listWatch(server.http, resource) as never, { scheduler, random, ...more }),
    pass,
    outcome: (source$, milliseconds = 10_000) => {
      const seen: unknown[] = [];
      const failures: unknown[] = [];
      source$.subscribe({ next: (value) => seen.push(value), error: (error: unknown) => failures.push(error) });
      pass(milliseconds);
      if (failures.length > 0) throw failures[0];
      if (seen.length === 0) throw new Error(`nothing came within ${milliseconds} ms of virtual time`);
      return seen.at(-1) as never;
    },
  };
}
