import type { V1Pod } from '@kubernetes/client-node';
import { NEVER, type Observable } from 'rxjs';
import { describe, expectTypeOf, it } from 'vitest';
import {
  type CacheEvent,
  concatMapByKey,
  conflateByKey,
  dropManagedFields,
  filterChanged,
  filteringEventHandler,
  type HandlerError,
  type InformerEvent,
  type KubernetesObject,
  type ListerWatcher,
  metaNamespaceIndex,
  metaNamespaceKey,
  type Raw,
  recipe,
  reflector,
  type ResourceEventHandler,
  type SharedInformer,
  sharedInformer,
  store,
  type Transform,
} from 'kuberx';
import { isReady } from 'kuberx/conditions';
import { interner, mutationOverlay, onCopy } from 'kuberx/store';

type Pod = Raw<V1Pod>;
interface PodName extends KubernetesObject {
  readonly fullName: string;
}

const pods = {
  resource: 'v1/pods',
  list: () => NEVER,
  watch: () => NEVER,
} as ListerWatcher<Pod>;

/** Functions that take any object, as the library's own do, given where objects of a type are. */
describe('the type of objects beside functions of any object', () => {
  it('is kept by an informer with indexes', () => {
    const informer = sharedInformer(pods, { indexers: { namespace: metaNamespaceIndex } });
    expectTypeOf(informer).toEqualTypeOf<SharedInformer<Pod, 'namespace'>>();
    expectTypeOf(informer.snapshot$.value.list()).toEqualTypeOf<readonly Pod[]>();
    const two = sharedInformer(pods, {
      indexers: { namespace: metaNamespaceIndex, node: (pod) => [pod.spec?.nodeName ?? ''] },
    });
    expectTypeOf(two).toEqualTypeOf<SharedInformer<Pod, 'namespace' | 'node'>>();
    expectTypeOf(informer.addIndexers({ all: metaNamespaceIndex })).toEqualTypeOf<
      SharedInformer<Pod, 'namespace' | 'all'>
    >();
  });

  it('is kept by an informer with handlers of errors, an interner and a transform', () => {
    expectTypeOf(
      sharedInformer(pods, { onHandlerError: (error: HandlerError<KubernetesObject>) => console.error(error.key) }),
    ).toEqualTypeOf<SharedInformer<Pod>>();
    expectTypeOf(sharedInformer(pods, { intern: interner<Pod>() })).toEqualTypeOf<SharedInformer<Pod>>();
    expectTypeOf(sharedInformer(pods, { intern: interner<Pod>(), transform: dropManagedFields })).toEqualTypeOf<
      SharedInformer<Pod>
    >();
    expectTypeOf(sharedInformer(pods, {})).toEqualTypeOf<SharedInformer<Pod>>();
    expectTypeOf(sharedInformer(pods)).toEqualTypeOf<SharedInformer<Pod>>();
  });

  it('is that of the transform, where there is one, also beside indexes', () => {
    const informer = sharedInformer(pods, {
      transform: (pod): PodName => ({ ...pod, fullName: metaNamespaceKey(pod) }),
      indexers: { namespace: metaNamespaceIndex, name: (pod) => [pod.fullName] },
    });
    expectTypeOf(informer).toEqualTypeOf<SharedInformer<PodName, 'namespace' | 'name'>>();
  });

  it('is kept by operators, waits and readers', () => {
    const informer = sharedInformer(pods, { indexers: { namespace: metaNamespaceIndex } });
    const ofAny = (object: KubernetesObject): unknown => object.metadata.labels;
    expectTypeOf(informer.events$.pipe(filterChanged(ofAny))).toEqualTypeOf<typeof informer.events$>();
    expectTypeOf(informer.events$.pipe(filterChanged('labels'))).toEqualTypeOf<typeof informer.events$>();
    const keyOf = ({ object }: InformerEvent<KubernetesObject>): string[] => [metaNamespaceKey(object)];
    for (const operator of [concatMapByKey, conflateByKey]) void informer.events$.pipe(operator(keyOf));
    expectTypeOf(informer.waitFor('default/a', isReady)).resolves.toEqualTypeOf<Pod | undefined>();
    expectTypeOf(mutationOverlay(informer).snapshot$.value.list()).toEqualTypeOf<readonly Pod[]>();
    expectTypeOf(reflector(pods, { admit: (pod) => pod })).toEqualTypeOf<Observable<CacheEvent<Pod>>>();
    expectTypeOf(store<Pod, 'namespace'>({ indexers: { namespace: metaNamespaceIndex } }).list()).toEqualTypeOf<
      readonly Pod[]
    >();
  });

  it('is that of the informer in a filtering handler', () => {
    const informer = sharedInformer(pods);
    const isLabelled = ({ metadata }: KubernetesObject): boolean => metadata.labels !== undefined;
    const handler = {
      onAdd: (pod: Pod) => expectTypeOf(pod.spec?.nodeName).toEqualTypeOf<string | undefined>(),
    };
    const registrations = [
      informer.addEventHandler(
        filteringEventHandler(isLabelled, {
          onAdd: (pod) => expectTypeOf(pod).toEqualTypeOf<Pod>(),
          onUpdate: (_, pod) => expectTypeOf(pod.spec?.nodeName).toEqualTypeOf<string | undefined>(),
        }),
      ),
      informer.addEventHandler(
        filteringEventHandler((pod) => pod.spec?.nodeName === 'a', {
          onAdd: (pod) => expectTypeOf(pod).toEqualTypeOf<Pod>(),
        }),
      ),
      informer.addEventHandler(filteringEventHandler(isLabelled, handler)),
      informer.addEventHandler(filteringEventHandler((pod: Pod) => pod.spec?.nodeName === 'a', handler)),
    ];
    for (const registration of registrations) registration.remove();
    const alone = filteringEventHandler((pod: Pod) => pod.spec?.nodeName === 'a', {
      onAdd: (pod) => expectTypeOf(pod).toEqualTypeOf<Pod>(),
    });
    expectTypeOf(alone).toEqualTypeOf<ResourceEventHandler<Pod>>();
  });
});

describe('the type of what a transform is given', () => {
  const inPlace: Transform<Pod> = (pod) => {
    delete pod.metadata.managedFields;
    return pod;
  };

  it('may be changed, while what is stored is of the read-only type', () => {
    const informer = sharedInformer(pods, {
      transform: (pod) => {
        pod.metadata.labels = { ...pod.metadata.labels, seen: 'yes' };
        pod.spec?.containers.push({ name: 'another' });
        delete pod.metadata.managedFields;
        return pod;
      },
      indexers: { node: (pod) => [pod.spec?.nodeName ?? ''] },
    });
    expectTypeOf(informer).toEqualTypeOf<SharedInformer<Pod, 'node'>>();
    expectTypeOf(sharedInformer(pods, { transform: inPlace })).toEqualTypeOf<SharedInformer<Pod>>();
    expectTypeOf(onCopy(inPlace)).toEqualTypeOf<(object: Pod) => Pod>();
    expectTypeOf(reflector(pods, { admit: onCopy((pod) => pod) })).toEqualTypeOf<Observable<CacheEvent<Pod>>>();
    const overlay = mutationOverlay(informer, { transform: inPlace });
    expectTypeOf(overlay.snapshot$.value.list()).toEqualTypeOf<readonly Pod[]>();
  });

  it('may be read-only, be changed by a recipe, and be turned into another', () => {
    const ofReadOnly = (pod: Pod): Pod => ({ ...pod, kind: 'Other' });
    expectTypeOf(sharedInformer(pods, { transform: ofReadOnly })).toEqualTypeOf<SharedInformer<Pod>>();
    const byRecipe = sharedInformer(pods, {
      transform: recipe((pod) => {
        delete pod.metadata.managedFields;
      }),
    });
    expectTypeOf(byRecipe).toEqualTypeOf<SharedInformer<Pod>>();
    const longer = sharedInformer(pods, { transform: ({ spec: _, ...pod }) => ({ ...pod, length: 3 }) });
    const lengths: number[] = longer.lister.list().map(({ length }) => length);
    expectTypeOf(lengths).toEqualTypeOf<number[]>();
  });

  it('is kept where it is not known yet', () => {
    const withoutFields = <T extends KubernetesObject>(listerWatcher: ListerWatcher<T>): SharedInformer<T> =>
      sharedInformer(listerWatcher, { transform: dropManagedFields });
    expectTypeOf(withoutFields(pods)).toEqualTypeOf<SharedInformer<Pod>>();
  });
});
