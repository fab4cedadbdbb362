import { describe, expect, it } from 'vitest';
import { conversionBetween } from '#src/testing/apiserver/objects/conversions.ts';

const core = { group: '', version: 'v1', plural: 'events' };
const events = { group: 'events.k8s.io', version: 'v1', plural: 'events' };
const metadata = { name: 'a', namespace: 'x', resourceVersion: '1' };

describe('conversionBetween', () => {
  it('is none of what is served as it is stored', () => {
    expect(conversionBetween(core, core)).toBeUndefined();
  });

  it('gives members of events the names of the group, and takes them back', () => {
    const { read, store } = conversionBetween(core, events)!;
    const stored = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata,
      involvedObject: { name: 'p' },
      message: 'hi',
      count: 2,
    };
    const served = read(stored);
    expect(served).toEqual({
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      metadata,
      regarding: { name: 'p' },
      note: 'hi',
      deprecatedCount: 2,
    });
    expect(store(served)).toEqual(stored);
  });

  it('gives autoscalers the members of their version', () => {
    const { read, store } = conversionBetween(
      { group: 'autoscaling', version: 'v2', plural: 'horizontalpodautoscalers' },
      { group: 'autoscaling', version: 'v1', plural: 'horizontalpodautoscalers' },
    )!;
    const target = { type: 'Utilization', averageUtilization: 50 };
    const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }];
    const stored = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata, spec: { metrics } };
    const spec = { targetCPUUtilizationPercentage: 50 };
    expect(read(stored)).toEqual({ ...stored, apiVersion: 'autoscaling/v1', spec });
    expect(store(read(stored))).toEqual(stored);
  });

  it('changes nothing but the apiVersion of others, and reads first what is stored', () => {
    const [first, second] = ['v1', 'v2'].map((version) => ({ group: 'ex.io', version, plural: 'widgets' })) as [
      typeof core,
      typeof core,
    ];
    const stored = { apiVersion: 'ex.io/v2', kind: 'Widget', metadata };
    const { read, store } = conversionBetween(second, first, (object) => ({ ...object, from: object['apiVersion'] }))!;
    expect(read(stored)).toEqual({ ...stored, apiVersion: 'ex.io/v1', from: 'ex.io/v2' });
    expect(store({ ...stored, apiVersion: 'ex.io/v1' })).toEqual(stored);
    expect(conversionBetween(second, second, (object) => object)?.read(stored)).toBe(stored);
  });
});
