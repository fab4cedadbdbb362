import { Subject, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { Entry } from '#src/workqueue/lines/entry.ts';
import { HeldKeys } from '#src/workqueue/runs/held-keys.ts';
import { checkedSettings } from '#src/workqueue/settings.ts';

describe('HeldKeys', () => {
  it('has one deadline for a key, however often it is held back', () => {
    const scheduler = new TestScheduler(() => undefined);
    const passed$ = new Subject<void>();
    const released: string[] = [];
    const mayStart = () => ({ passed$, reason: 'x' });
    const held = new HeldKeys(checkedSettings({ scheduler, mayStart, holdAtMost: 100 }), ({ key }) => {
      released.push(key);
    });
    const entry = new Entry('a');
    expect(held.ask(entry).type).toBe('held');
    scheduler.schedule(() => passed$.next(), 60);
    scheduler.schedule(() => expect(held.ask(entry).type).toBe('held'), 61);
    scheduler.schedule(() => expect(released).toEqual(['a']), 99);
    scheduler.schedule(() => expect(released).toEqual(['a', 'a']), 101);
    scheduler.flush();
    expect(held.ask(entry)).toEqual({ type: 'behind', hold: { passed$, reason: 'x' } });
    expect(held.holdOf(entry)).toBeUndefined();
  });

  it('takes an error of what it waits for for an end', () => {
    const held = new HeldKeys(
      checkedSettings({ mayStart: () => ({ passed$: throwError(() => new Error('boom')), reason: '' }) }),
      () => {
        throw new Error('released');
      },
    );
    expect(held.ask(new Entry('a')).type).toBe('now');
  });

  it('releases all when it is stopped, and leaves no timer and no subscription', () => {
    const scheduler = new TestScheduler(() => undefined);
    const passed$ = new Subject<void>();
    const released: string[] = [];
    const held = new HeldKeys(checkedSettings({ scheduler, mayStart: () => ({ passed$, reason: '' }) }), ({ key }) => {
      released.push(key);
    });
    held.ask(new Entry('a'));
    held.ask(new Entry('b'));
    held.stop();
    expect(released).toEqual(['a', 'b']);
    expect(scheduler.actions).toHaveLength(0);
    expect(passed$.observed).toBe(false);
  });
});
