import { useState } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Pod } from './a-world.ts';
import type { KubeSelecting } from '#src/react/kube-selecting.ts';
import { useKeptFunctions } from '#src/react/use-kept-functions.ts';

/** What a component gets in renders that follow each other. */
function inRenders(
  renders: readonly { readonly options: KubeSelecting<Pod>; readonly deps?: readonly unknown[] }[],
): readonly KubeSelecting<Pod>[] {
  const got: KubeSelecting<Pod>[] = [];
  function Component() {
    const [index, setIndex] = useState(0);
    const { options, deps } = renders[index]!;
    got.push(useKeptFunctions(options, deps));
    if (index + 1 < renders.length) setIndex(index + 1);
    return null;
  }
  renderToString(<Component />);
  return got;
}

const inline = (desc = false): KubeSelecting<Pod> => ({
  where: () => true,
  orderBy: [{ key: ({ metadata }) => metadata.name, desc }],
});

describe('useKeptFunctions', () => {
  it('returns the functions that are given, without deps', () => {
    const renders = [{ options: inline() }, { options: inline() }];
    expect(inRenders(renders)).toEqual(renders.map(({ options }) => options));
  });

  it('keeps functions while deps are the same', () => {
    const [first, second, third] = inRenders([
      { options: inline(), deps: ['a', NaN] },
      { options: inline(), deps: ['a', NaN] },
      { options: inline(), deps: ['b', NaN] },
    ]);
    expect(second?.where).toBe(first?.where);
    expect(second?.orderBy?.[0]?.key).toBe(first?.orderBy?.[0]?.key);
    expect(third?.where).not.toBe(first?.where);
    expect(third?.orderBy?.[0]?.key).not.toBe(first?.orderBy?.[0]?.key);
  });

  it('takes directions, selectors, the number of keys and the absence of a function as they are given', () => {
    const [first, second, third, fourth] = inRenders([
      { options: inline(), deps: [] },
      { options: { ...inline(true), labelSelector: 'app=web' }, deps: [] },
      { options: { orderBy: [...inline().orderBy!, ...inline().orderBy!] }, deps: [] },
      { options: inline(), deps: [] },
    ]);
    expect(second).toMatchObject({ labelSelector: 'app=web', orderBy: [{ desc: true }] });
    expect(second?.orderBy?.[0]?.key).toBe(first?.orderBy?.[0]?.key);
    expect(third?.where).toBeUndefined();
    expect(third?.orderBy).toHaveLength(2);
    expect(fourth?.where).toBeDefined();
  });

  it('takes another function for another one, though deps do not name it', () => {
    const byNamespace = { key: ({ metadata }: Pod) => metadata.namespace };
    const [, second] = inRenders([
      { options: inline(), deps: [] },
      { options: { where: () => false, orderBy: [byNamespace] }, deps: [] },
    ]);
    expect(second?.where?.({} as Pod, 0)).toBe(false);
    expect(second?.orderBy?.[0]?.key).toBe(byNamespace.key);
  });

  it('keeps the functions of an urgent render and of a deferred one beside it', () => {
    const [first, second, third, fourth] = ['a', 'b', 'a', 'b'].map((text) => ({ options: inline(), deps: [text] }));
    const got = inRenders([first!, second!, third!, fourth!]);
    expect(got[2]?.where).toBe(got[0]?.where);
    expect(got[3]?.where).toBe(got[1]?.where);
  });
});
