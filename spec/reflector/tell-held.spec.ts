import { EMPTY, NEVER, of, Subject, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { Held } from '#src/protocol/hold-reason.ts';
import { tellHeld } from '#src/reflector/tell-held.ts';

describe('tellHeld', () => {
  it('tells each reason, and the request once it is sent', () => {
    let held!: Held;
    const told: unknown[] = [];
    const answer$ = new Subject<string>();
    tellHeld('listing', (given) => {
      held = given;
      held('turn');
      return answer$;
    }).subscribe({ next: (event) => told.push(event), complete: () => told.push('end') });
    held('hidden');
    held();
    answer$.next('page');
    answer$.complete();
    expect(told).toEqual([
      { type: 'HeldBack', phase: 'listing', reason: 'turn' },
      { type: 'HeldBack', phase: 'listing', reason: 'hidden' },
      { type: 'Requested', phase: 'listing' },
      'page',
      'end',
    ]);
  });

  it('tells nothing of a request that is sent at once, and how much of a list is there of one that waits', () => {
    const told: unknown[] = [];
    const next = (event: unknown): unknown => told.push(event);
    tellHeld('watching', (held) => (held(), of(1))).subscribe(next);
    tellHeld('listing', (held) => (held('turn'), held(), EMPTY), 7).subscribe(next);
    expect(told).toEqual([
      1,
      { type: 'HeldBack', phase: 'listing', reason: 'turn' },
      { type: 'Requested', phase: 'listing', received: 7 },
    ]);
  });

  it('fails with the request, and tells nothing after it is unsubscribed from', () => {
    const failure = new Error('no');
    const told: unknown[] = [];
    tellHeld('listing', () => throwError(() => failure)).subscribe({ error: (error: unknown) => told.push(error) });
    let held!: Held;
    tellHeld('listing', (given) => ((held = given), NEVER))
      .subscribe((event) => told.push(event))
      .unsubscribe();
    held('turn');
    expect(told).toEqual([failure]);
  });
});
