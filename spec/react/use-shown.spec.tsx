// @vitest-environment jsdom
import { act, startTransition, useLayoutEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { BehaviorSubject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { published } from 'kuberx';
import { useShown } from '#src/react/use-shown.ts';

const count$ = new BehaviorSubject(3);

/** What was committed, in order. */
const committed: number[] = [];
let renders = 0;
let open: () => void = () => undefined;

function Count({ transition }: { readonly transition: boolean }) {
  const count = useShown(published(count$), transition);
  useLayoutEffect(() => void committed.push(count), [count]);
  return count;
}

/** Something changes while a tree is rendered. */
function Heavy() {
  renders++;
  if (renders === 1) count$.next(count$.value + 1);
  return null;
}

function Tree({ transition }: { readonly transition: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  open = () => startTransition(() => setIsOpen(true));
  return isOpen && [<Count key="count" transition={transition} />, <Heavy key="heavy" />];
}

beforeEach(() => {
  (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
  vi.useFakeTimers();
  count$.next(3);
  committed.length = 0;
  renders = 0;
});
afterEach(() => void vi.useRealTimers());

describe('useShown', () => {
  it.each([false, true])('returns the value of now on a server, with transition: %s', (transition) => {
    expect(renderToString(<Count transition={transition} />)).toBe('3');
    expect(count$.observed).toBe(false);
  });

  it.each([
    [true, [3, 4], 'is not rendered again from the start'],
    [false, [4], 'is rendered again from the start'],
  ])('where a value changes during a transition, with transition: %s, shows %s: it %s', async (transition, shown) => {
    const root = createRoot(document.createElement('div'));
    const settled = async (does: () => void): Promise<void> =>
      act(async () => {
        does();
        await vi.advanceTimersByTimeAsync(100);
      });
    await settled(() => root.render(<Tree transition={transition} />));
    await settled(() => open());
    expect(committed).toEqual(shown);
    await settled(() => count$.next(9));
    expect(committed).toEqual([...shown, 9]);
    await settled(() => root.unmount());
    expect(count$.observed).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
  });
});
