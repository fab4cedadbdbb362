import { describe, expect, it } from 'vitest';
import { withProcessorMetric, withProcessorTarget } from '#src/testing/apiserver/objects/autoscaler-versions.ts';

const metric = (name: string, averageUtilization: number) => ({
  type: 'Resource',
  resource: { name, target: { type: 'Utilization', averageUtilization } },
});
const object = (spec: object) => ({ kind: 'HorizontalPodAutoscaler', spec: { maxReplicas: 3, ...spec } });

describe('the versions of an autoscaler', () => {
  it('have the use of the processor as a number, or as a metric', () => {
    const first = object({ targetCPUUtilizationPercentage: 50 });
    const second = object({ metrics: [metric('cpu', 50)] });
    expect(withProcessorTarget(second)).toEqual(first);
    expect(withProcessorMetric(first)).toEqual(second);
  });

  it('keep all other metrics', () => {
    const both = object({ metrics: [metric('cpu', 50), metric('memory', 60)] });
    const read = withProcessorTarget(both);
    expect(read).toEqual(object({ targetCPUUtilizationPercentage: 50, metrics: [metric('memory', 60)] }));
    expect(withProcessorMetric(read)).toEqual(both);
    for (const other of [object({ metrics: [metric('memory', 60)] }), object({}), { spec: { metrics: 'x' } }, {}]) {
      expect(withProcessorTarget(other)).toBe(other);
      expect(withProcessorMetric(other)).toBe(other);
    }
  });
});
