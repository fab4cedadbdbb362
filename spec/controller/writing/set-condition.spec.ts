import { describe, expect, it } from 'vitest';
import { setCondition } from 'kuberx';
import { virtualCluster } from '../virtual-cluster.ts';
import { writerOf } from 'kuberx';

const at = (milliseconds: number) => ({ scheduler: { now: () => milliseconds } });
const ready = { type: 'Ready', status: 'True', reason: 'Up' } as const;
interface Draft {
  metadata: { generation?: number };
  status?: { conditions?: object[] };
}

describe('setCondition', () => {
  it('adds a condition with the time, and the generation as the one that was observed', () => {
    const draft: Draft = { metadata: { generation: 4 } };
    setCondition(draft, { ...ready, message: 'all is well' }, at(1_700_000_000_999));
    expect(draft.status).toEqual({
      conditions: [
        { ...ready, message: 'all is well', lastTransitionTime: '2023-11-14T22:13:20Z', observedGeneration: 4 },
      ],
    });
  });

  it('keeps the time while the status stays, and sets it anew with another status', () => {
    const draft: Draft = { metadata: {} };
    setCondition(draft, ready, at(0));
    setCondition(draft, { ...ready, reason: 'StillUp' }, at(5000));
    expect(draft.status?.conditions).toEqual([
      { type: 'Ready', status: 'True', reason: 'StillUp', message: '', lastTransitionTime: '1970-01-01T00:00:00Z' },
    ]);
    setCondition(draft, { ...ready, status: 'False' }, at(9000));
    expect(draft.status?.conditions).toMatchObject([{ status: 'False', lastTransitionTime: '1970-01-01T00:00:09Z' }]);
  });

  it('leaves an equal condition, and all others, as they are', () => {
    const draft: Draft = { metadata: { generation: 1 }, status: { conditions: [{ type: 'Other', status: 'True' }] } };
    setCondition(draft, ready, at(0));
    const before = draft.status?.conditions?.slice();
    setCondition(draft, ready, at(5000));
    expect(draft.status?.conditions).toEqual(before);
    expect(draft.status?.conditions?.[1]).toBe(before?.[1]);
  });

  it.each([
    ['type', { ...ready, type: 'not ready' }],
    ['type', { ...ready, type: '' }],
    ['status', { ...ready, status: 'yes' }],
    ['reason', { ...ready, reason: '' }],
    ['reason', { ...ready, reason: 'two words' }],
  ])('refuses a %s that a server refuses', (what, condition) => {
    expect(() => setCondition({ metadata: {} }, condition as never)).toThrow(TypeError);
    expect(() => setCondition({ metadata: {} }, condition as never)).toThrow(what);
  });

  it('costs no request where the condition is there already', () => {
    const widgets = 'example.com/v1/widgets';
    const cluster = virtualCluster({ resources: { [widgets]: {} } });
    const metadata = { namespace: 'default', name: 'w' };
    const made = cluster.server.create(widgets, { apiVersion: 'example.com/v1', kind: 'Widget', metadata });
    const writer = writerOf(cluster.client(widgets), cluster);
    const recipe = (draft: object): void => setCondition(draft as Draft, ready, cluster);
    cluster.pass(60_000);
    const first = cluster.outcome(writer.editStatus(made as never, recipe as never));
    cluster.pass(60_000);
    expect(cluster.outcome(writer.editStatus(first, recipe as never))).toBe(first);
    expect(cluster.server.requests).toHaveLength(1);
    expect(cluster.server.get(widgets, 'default/w')).toMatchObject({
      status: { conditions: [{ lastTransitionTime: '1970-01-01T00:01:00Z' }] },
    });
  });
});
