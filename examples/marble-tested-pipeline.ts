// A pipeline of one's own: alerts for pods that stay unready, as one operator over the events of an informer. It knows
// neither a cluster nor a clock, so marble-tested-pipeline.spec.ts plays whole hours against it in no time.
import { connect, filter, map, mergeMap, type OperatorFunction, startWith, take, takeUntil, timer } from 'rxjs';
import { type InformerEvent, type KubernetesObject, metaNamespaceKey } from 'kuberx';
import { isCompleted, isReady, or } from 'kuberx/conditions';

type PodEvent = InformerEvent<KubernetesObject>;

const isWell = or(isReady, isCompleted);

export interface Alert {
  readonly pod: string;
  readonly isFiring: boolean;
}

/**
 * Fires once a pod has been unready for this number of milliseconds, and resolves when it is ready, has completed or is
 * gone.
 */
export function alertWhenUnreadyFor(period: number): OperatorFunction<PodEvent, Alert> {
  return connect((events$) =>
    events$.pipe(
      filter(becameUnready),
      mergeMap(({ object: { metadata } }) => {
        const isOver = ({ type, object }: PodEvent) =>
          object.metadata.uid === metadata.uid && (type === 'deleted' || isWell(object));
        const alert = (isFiring: boolean): Alert => ({ pod: metaNamespaceKey({ metadata }), isFiring });
        const resolved$ = events$.pipe(
          filter(isOver),
          take(1),
          map(() => alert(false)),
        );
        const firing$ = timer(period).pipe(
          map(() => alert(true)),
          takeUntil(resolved$),
        );
        return firing$.pipe(mergeMap((firing) => resolved$.pipe(startWith(firing))));
      }),
    ),
  );
}

function becameUnready(event: PodEvent): boolean {
  if (event.type === 'deleted' || isWell(event.object)) return false;
  return event.type === 'added' || isWell(event.oldObject);
}
