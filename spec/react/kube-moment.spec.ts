import { describe, expect, it } from 'vitest';
import { buildObject } from 'kuberx/testing';
import { KubeMoment, nothingYet, statusOfMoment } from '#src/react/kube-moment.ts';

const objects = ['default/b', 'default/a'].map((key) => buildObject(key, '1'));

const moment = new KubeMoment(
  new Map([
    [
      '',
      {
        synced: true,
        size: 2,
        resourceVersion: '5',
        list: () => objects,
        getByKey: (key: string) => objects.find(({ metadata }) => `${metadata.namespace}/${metadata.name}` === key),
      },
    ],
  ]),
  { status: statusOfMoment(7, false), denied: [] },
);

describe('KubeMoment', () => {
  it('shows its objects ordered and selected, and the same value for the same options', () => {
    const options = { where: ({ metadata }: (typeof objects)[0]) => metadata.name !== 'b' };
    const kube = moment.kube(options);
    expect(kube).toMatchObject({ ready: true, denied: [], status: { phase: 'watching', since: 7, synced: true } });
    expect([...kube.rows]).toEqual([objects[1]]);
    expect(moment.kube({ ...options })).toBe(kube);
    expect([...moment.kube({}).rows]).toEqual([objects[1], objects[0]]);
  });

  it('knows which object is there', () => {
    expect(moment.object('default/a')).toMatchObject({ presence: 'present', object: objects[1] });
    expect(moment.object('default/a')).toBe(moment.object('default/a'));
    expect(moment.object('default/c')).toMatchObject({ presence: 'absent' });
    expect(moment.object(undefined)).toMatchObject({ presence: 'unknown' });
  });
});

describe('nothingYet', () => {
  it('has no rows, is not ready, and knows of no object', () => {
    expect(nothingYet.kube({})).toMatchObject({ ready: false, rows: { length: 0 }, status: { phase: 'idle' } });
    expect(nothingYet.object('default/a')).toMatchObject({ presence: 'unknown' });
  });
});
