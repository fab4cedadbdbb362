import { describe, expect, it } from 'vitest';
import { builtInObjectType } from '#src/testing/apiserver/apply/built-in-types.ts';
import type { ValueType } from '#src/testing/apiserver/apply/value-type.ts';

/** The type of a part; `[]` stands for an item. */
function at(type: ValueType, ...steps: readonly string[]): ValueType {
  return steps.reduce((each, step) => (step === '[]' ? each.item() : each.member(step)), type);
}

const pod = builtInObjectType('', 'v1', 'Pod');
const container = at(pod, 'spec', 'containers', '[]');

describe('the types of what is built in', () => {
  it('know the keys of lists, and what a missing one stands for', () => {
    expect(at(pod, 'spec', 'containers').list).toEqual([{ name: 'name' }]);
    expect(at(container, 'ports').list).toEqual([{ name: 'containerPort' }, { name: 'protocol', missing: 'TCP' }]);
    expect(at(container, 'args').list).toBeUndefined();
  });

  it('know sets, and maps and items that are one value', () => {
    expect(at(pod, 'metadata', 'finalizers').list).toBe('set');
    expect(at(pod, 'spec', 'nodeSelector').isAtomic).toBe(true);
    expect(at(pod, 'metadata', 'ownerReferences', '[]').isAtomic).toBe(true);
    expect(at(pod, 'metadata', 'labels').isAtomic).toBeUndefined();
  });

  it('know what is always there', () => {
    expect(at(pod, 'spec').isAlwaysThere).toBe(true);
    expect(at(pod, 'spec', 'securityContext').isAlwaysThere).toBeUndefined();
  });

  it('reach into templates, of other groups as well', () => {
    const job = builtInObjectType('batch', 'v1', 'CronJob');
    expect(at(job, 'spec', 'jobTemplate', 'spec', 'template', 'spec', 'volumes').list).toEqual([{ name: 'name' }]);
    expect(at(job, 'spec', 'jobTemplate', 'metadata', 'finalizers').list).toBe('set');
  });

  it('say what values have to be, and which members there may be', () => {
    expect([pod.form, at(container, 'ports').form, at(container, 'image').form]).toEqual(['map', 'list', 'text']);
    expect([at(container, 'ports', '[]', 'containerPort').form, at(container, 'tty').form]).toEqual([
      'number',
      'boolean',
    ]);
    expect(at(container, 'resources', 'limits', 'cpu').form).toBe('scalar');
    expect([pod.knows?.('spec'), pod.knows?.('spac'), container.knows?.('imag')]).toEqual([true, false, false]);
    expect(at(pod, 'metadata').knows?.('name')).toBe(true);
  });

  it('know nothing special of a kind that there is not', () => {
    const none = builtInObjectType('nobody', 'v1', 'Knows');
    expect([none.knows, none.member('a').list]).toEqual([undefined, undefined]);
    expect(at(none, 'metadata', 'finalizers').list).toBe('set');
    expect(at(builtInObjectType('', 'v1', 'ConfigMap'), 'metadata', 'finalizers').list).toBe('set');
    expect(at(pod, 'constructor').list).toBeUndefined();
  });
});
