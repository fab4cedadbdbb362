import { map, type Observable, scan } from 'rxjs';
import { type CacheEvent, type KubernetesObject, type ListerWatcher, metaNamespaceKey } from 'kuberx';

type Events$ = Observable<CacheEvent<KubernetesObject>>;

/** What a broken reflector does differently: to the requests that it sends, or to the events that it emits. */
export interface BrokenReflector {
  readonly listerWatcher?: (server: ListerWatcher<KubernetesObject>) => ListerWatcher<KubernetesObject>;
  readonly events?: (events$: Events$) => Events$;
}

interface Remembered {
  readonly held: ReadonlyMap<string, KubernetesObject>;
  readonly event: CacheEvent<KubernetesObject>;
}

/** The reflectors that a check has to find out, by what they do. Each has a defect that was seen in the field. */
export const brokenReflectors: Readonly<Record<string, BrokenReflector>> = {
  'forgets nothing on a relist': {
    events: (events$) =>
      events$.pipe(
        scan<CacheEvent<KubernetesObject>, Remembered>(
          ({ held }, event) => {
            if (event.type !== 'Replaced') return { held, event };
            const listed = event.objects.map((object) => [metaNamespaceKey(object), object] as const);
            const objects = new Map([...held, ...listed]);
            return { held: objects, event: { ...event, objects: [...objects.values()] } };
          },
          { held: new Map(), event: { type: 'Sync' } },
        ),
        map(({ event }) => event),
      ),
  },
  'takes its version from the initial events': {
    events: (events$) =>
      events$.pipe(
        map((event) =>
          event.type === 'Replaced'
            ? { ...event, resourceVersion: event.objects.at(-1)?.metadata.resourceVersion ?? event.resourceVersion }
            : event,
        ),
      ),
  },
  'resumes from nothing': {
    listerWatcher: (server) => ({
      resource: server.resource,
      list: (options) => server.list(options),
      watch: ({ resourceVersion: _, ...options }) => server.watch(options),
    }),
  },
};
