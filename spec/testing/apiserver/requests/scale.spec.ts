import { expect, it } from 'vitest';
import { builtInScale, scaleOf } from '#src/testing/apiserver/requests/scale.ts';

const metadata = { name: 'a', namespace: 'x', uid: 'u', resourceVersion: '1' };

function scale(parts: object): unknown {
  return scaleOf({ kind: 'Any', apiVersion: 'v1', metadata, ...parts }, builtInScale);
}

it.each([
  [{ spec: { replicas: 2, selector: { matchLabels: { a: 'b', c: 'd' } } } }, 2, 'a=b,c=d'],
  [{ spec: { replicas: 2, selector: { a: 'b' } } }, 2, 'a=b'],
  [
    {
      spec: {
        selector: {
          matchExpressions: [
            { key: 'a', operator: 'NotIn', values: ['c', 'b'] },
            { key: 'd', operator: 'Exists' },
          ],
        },
      },
    },
    0,
    'a notin (b,c),d',
  ],
  [{ spec: { replicas: 'x', selector: 'a=b' } }, 0, 'a=b'],
])('the scale of %j', (parts, replicas, selector) => {
  expect(scale(parts)).toMatchObject({ kind: 'Scale', spec: { replicas }, status: { replicas: 0, selector } });
});

it('tells of no selector where there is none', () => {
  expect(scale({})).toMatchObject({ status: { replicas: 0 } });
  expect(scale({})).not.toHaveProperty('status.selector');
});
