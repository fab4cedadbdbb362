import { catchError, concat, defer, EMPTY, type Observable, repeat, tap } from 'rxjs';
import type { CacheEvent, Interrupted, Phase } from '../protocol/cache-event.ts';
import { type KubeError, kubeErrorFrom } from '../protocol/errors/kube-error.ts';
import { pause } from '../streams/time/pause.ts';
import {
  cursorAfterEnd,
  cursorAfterEvent,
  cursorAfterFailure,
  cursorAfterHold,
  isAnswer,
  isOfNetwork,
  phaseOf,
} from './cursor.ts';
import { type ReflectorMemory, type RepeatedSession, RequestTurns } from './request-turns.ts';
import { recoveryAfter } from './retry-rules.ts';
import { newSession, sessionAfterEvent } from './session-record.ts';
import { untilNextWatch } from './until-next-watch.ts';

/**
 * Runs one session after the other, for ever, with failures as values: `retryWithBackoff` tells the rules. `remembered` is
 * asked at each subscription where it starts, and keeps where it left off.
 */
export function repeatSessions<T>(
  repeated: RepeatedSession<T>,
  remembered: () => ReflectorMemory,
): Observable<CacheEvent<T>> {
  const { session, delays, scheduler } = repeated;
  return defer(() => {
    const memory = remembered();
    const { pace } = memory;
    const untilStart = pace.untilNextStart;
    const turns = new RequestTurns(repeated, memory);
    pace.started();

    const once$ = defer(() => {
      const { brake } = turns;
      // As of the last answer to this session: where the brake has more, the host has answered somebody else since.
      let answersSeen = brake.answers;
      const failedBefore = pace.failed;
      const startedAt = scheduler.now();
      pace.requested('list');
      let record = newSession(phaseOf(memory.cursor));

      const observe = (event: CacheEvent<T>): void => {
        memory.cursor = cursorAfterEvent(memory.cursor, event);
        const { isAnswered: wasAnswered, isHeld: wasHeld } = record;
        record = sessionAfterEvent(record, event, scheduler.now());
        // The host owes no answer to a request that it does not have.
        if (record.isHeld && !wasHeld && !wasAnswered) brake.withdrawn(delays.spacing);
        if (record.isAnswered && !wasAnswered) brake.answered();
        if (record.isAnswered) answersSeen = brake.answers;
        if (record.progressed) pace.progressed();
        if (event.type === 'Requested') pace.requested(event.phase === 'listing' ? 'list' : 'watch');
        if (event.type !== 'Received' || event.phase !== 'listing') return;
        // A page came: the next one is asked for meanwhile, and the pages that failed before it no longer count.
        pace.requested('list');
        pace.progressed(failedBefore);
      };

      /** The server has answered the request that is out. */
      const answered = (): void => {
        record = { ...record, isAnswered: true };
        brake.answered();
        answersSeen = brake.answers;
      };

      /**
       * Takes note of a failure without an answer. True where the host may be at fault: no other request was answered
       * meanwhile, nor any since this reflector failed the last time. Where one was, its own delay grows, and the next
       * request of anybody shows whether the host answers.
       */
      function isOfHost(error: KubeError): boolean {
        if (!isOfNetwork(error) || brake.answers !== answersSeen) return false;
        const isAlone = pace.failed.all > 0 && brake.answers !== pace.answersAtFailure;
        if (isAlone && !brake.isInDoubt) brake.broke();
        else brake.failed(error, delays.spacing);
        pace.answersAtFailure = brake.answers;
        return !isAlone;
      }

      /** Tells the brake of a failure that is not the host's. */
      function tellBrake(error: KubeError): void {
        if (!record.isAnswered) {
          if (isAnswer(error)) brake.answered();
          else if (!isOfNetwork(error)) brake.withdrawn(delays.spacing);
        } else if (isOfNetwork(error)) {
          brake.broke();
          pace.answersAtFailure = brake.answers;
        }
      }

      /** A watch gives way to a list at once, but not again and again, whatever comes between. */
      function relistDelay(phase: Phase): number {
        const isRelist = phase === 'watching' && memory.cursor.next === 'list';
        return isRelist ? delays.beforeRelist(pace.relisted()) : 0;
      }

      function recover(cause: unknown): Observable<Interrupted> {
        const error = kubeErrorFrom('reflector', cause);
        const { phase, openSince, isAnswered } = record;
        const next = cursorAfterFailure(memory.cursor, error, { phase, opened: openSince !== undefined });
        memory.cursor = next.cursor;
        if (!isAnswered && isOfHost(error)) return turns.waitForHost(error, phase);
        tellBrake(error);
        const { how, endsFailures } = recoveryAfter(record, error, next, scheduler.now());
        if (endsFailures) pace.progressed();
        const own = pace.failed.own + (how === 'backoff' ? 1 : 0);
        const delay = {
          reopen: delays.beforeReopening,
          'at once': () => 0,
          backoff: () => delays.afterFailure(error, own),
        }[how]();
        return turns.waitAfter(error, phase, own, Math.max(delay, relistDelay(phase), turns.untilNextRequest));
      }

      function retryPage(error: KubeError): Observable<Interrupted> {
        if (isOfHost(error)) return turns.waitForHost(error, 'listing');
        if (isAnswer(error)) answered();
        const own = pace.failed.own + 1;
        return turns.waitAfter(error, 'listing', own, delays.afterFailure(error, own));
      }

      const reopen$ = defer(() => {
        const { phase } = record;
        const { isHeld, heard } = record;
        memory.cursor = isHeld ? cursorAfterHold(memory.cursor) : cursorAfterEnd(memory.cursor, heard);
        const soonest = Math.max(untilNextWatch(Math.max(pace.watchedAt, startedAt), scheduler), relistDelay(phase));
        return concat(pause(Math.max(soonest, delays.beforeReopening()), scheduler), turns.turn());
      });

      const session$ = defer(() => session(memory.cursor, { watchedAt: pace.watchedAt, retryPage, answered })).pipe(
        tap({
          next: observe,
          unsubscribe: () => record.isAnswered || record.isHeld || brake.withdrawn(delays.spacing),
        }),
      );
      return concat(session$, reopen$).pipe(catchError(recover));
    });

    return concat(untilStart > 0 ? pause(untilStart, scheduler) : EMPTY, turns.turn(), once$.pipe(repeat()));
  });
}
