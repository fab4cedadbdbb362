import { defer, filter, mergeMap, type Observable, raceWith, throwError } from 'rxjs';
import { type Awaitable, awaitable } from '../../protocol/awaitable.ts';
import type { Status } from '../../protocol/errors/status.ts';
import type { ResourceClient } from '../../protocol/resource-client.ts';
import type { ReadonlyBehaviorSubject } from '../../streams/readonly-behavior-subject.ts';
import type { LeaderState } from './leader-state.ts';
import { LeadershipError } from './leadership-error.ts';

/**
 * A client whose writes are sent while this candidate leads, and not otherwise: each is refused with a {@link LeadershipError} before it
 * is sent, and aborted where the term ends before the answer. Whether the server has carried out an aborted one is unknown. Reads pass.
 *
 * ```ts
 * const client = guarded(widgets, leader$);
 * await client.delete({ namespace: 'default', name: 'old' }); // refused where another leads
 * ```
 */
export function guarded<T>(
  client: ResourceClient<T>,
  leader$: ReadonlyBehaviorSubject<LeaderState>,
): ResourceClient<T> {
  function write<A>(sent: () => Observable<A>): Awaitable<A> {
    const refused = (when: string): LeadershipError =>
      new LeadershipError({ reason: 'NotLeading', message: `${client.resource}: ${when}` });
    const write$ = defer(() => {
      if (leader$.value.timeLeft() === 0) {
        return throwError(() => refused('this candidate does not lead. The write was not sent'));
      }
      const lost$ = leader$.pipe(
        filter(({ timeLeft }) => timeLeft() === 0),
        mergeMap(() =>
          throwError(() => refused('the term ended before the answer. The write may have happened or not')),
        ),
      );
      // The first of them that says something: the answer, its failure, or the end of the term.
      return sent().pipe(raceWith(lost$));
    });
    return awaitable(write$);
  }

  return {
    resource: client.resource,
    get(reference): Awaitable<T> {
      return client.get(reference);
    },
    create(object, options): Awaitable<T> {
      return write(() => client.create(object, options));
    },
    update(object, options): Awaitable<T> {
      return write(() => client.update(object, options));
    },
    patch(reference, patch, options): Awaitable<T> {
      return write(() => client.patch(reference, patch, options));
    },
    delete(reference, options): Awaitable<T | Status> {
      return write(() => client.delete(reference, options));
    },
    subresource: <S>(name: string): ResourceClient<S> => guarded(client.subresource<S>(name), leader$),
  } satisfies ResourceClient<T>;
}
