import { renderToString } from 'react-dom/server';
import { BehaviorSubject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { published } from 'kuberx';
import { useShown } from '#src/react/use-shown.ts';

const count$ = new BehaviorSubject(3);

function Count({ transition }: { readonly transition: boolean }) {
  return useShown(published(count$), transition);
}

// What it does in a page is in use-kube.spec.tsx.
describe('useShown', () => {
  it.each([false, true])('returns the value of now on a server, with transition: %s', (transition) => {
    expect(renderToString(<Count transition={transition} />)).toBe('3');
    expect(count$.observed).toBe(false);
  });
});
