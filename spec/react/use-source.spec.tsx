// @vitest-environment jsdom
import { BehaviorSubject } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { useSource } from 'kuberx/react';
import { pages } from './a-page.tsx';

const aPage = pages();

const state$ = new BehaviorSubject({ name: 'a', tags: ['x'] });
const renders = vi.fn<() => void>();

function Name() {
  renders();
  return useSource(state$, ({ name }) => name);
}

function Tags() {
  renders();
  // A new array each time.
  const isSame = (one: string[], other: string[]): boolean => one.join() === other.join();
  return useSource(state$, ({ tags }) => tags.map((tag) => tag.toUpperCase()), isSame).join();
}

function NewEachTime() {
  renders();
  return useSource(state$, ({ tags }) => [...tags]).join();
}

function Whole({ of }: { readonly of: BehaviorSubject<{ name: string }> }) {
  return useSource(of).name;
}

describe('useSource', () => {
  it.each([Name, Tags])('renders again only where the selected value changes: %o', async (Component) => {
    const page = aPage();
    state$.next({ name: 'a', tags: ['x'] });
    await page.render(<Component />);
    const [first] = [page.text];
    renders.mockClear();
    await page.change(() => state$.next({ name: 'a', tags: ['x'] }));
    expect(renders).not.toHaveBeenCalled();
    await page.change(() => state$.next({ name: 'b', tags: ['y'] }));
    expect(page.text).not.toBe(first);
    expect(renders).toHaveBeenCalledTimes(1);
  });

  it('does not loop where select returns a new object each time', async () => {
    const page = aPage();
    renders.mockClear();
    await page.render(<NewEachTime />);
    await page.pass(500);
    expect(renders.mock.calls.length).toBeLessThan(4);
  });

  it('goes to another source, and lets go of the first', async () => {
    const page = aPage();
    const [one, other] = [new BehaviorSubject({ name: 'one' }), new BehaviorSubject({ name: 'other' })];
    await page.render(<Whole of={one} />);
    expect(page.text).toBe('one');
    await page.render(<Whole of={other} />);
    expect(page.text).toBe('other');
    expect([one.observed, other.observed]).toEqual([false, true]);
    await page.unmount();
    expect(other.observed).toBe(false);
  });
});
