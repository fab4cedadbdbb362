import { describe, expect, it } from 'vitest';
import { builtInFaults } from '#src/testing/apiserver/defaults/built-in-faults.ts';

const faults = (resource: string, spec: object): string[] =>
  builtInFaults[resource]!({ spec }).map(({ field, message }) => `${field}: ${message}`);
const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } };
const selector = { matchLabels: { a: 'b' } };

describe('builtInFaults', () => {
  it.each([
    ['v1/pods', {}, ['spec.containers: Required value']],
    [
      'v1/pods',
      { containers: [{}] },
      ['spec.containers[0].name: Required value', 'spec.containers[0].image: Required value'],
    ],
    [
      'v1/pods',
      { containers: [{ name: 'c', image: 'i' }], initContainers: [{ name: 'c', image: 'i' }] },
      ['spec.initContainers[0].name: Duplicate value: "c"'],
    ],
    [
      'apps/v1/deployments',
      { selector, template, replicas: -1 },
      ['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    ],
    [
      'apps/v1/deployments',
      { template },
      [
        'spec.selector: Required value',
        'spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`',
      ],
    ],
    [
      'apps/v1/daemonsets',
      { selector: {}, template },
      ['spec.selector: Invalid value: {}: empty selector is invalid for daemonset'],
    ],
    [
      'batch/v1/jobs',
      { template },
      ['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
    ],
    ['v1/services', {}, ['spec.ports: Required value']],
    ['v1/services', { clusterIP: 'None' }, []],
    [
      'v1/services',
      { ports: [{ port: 70_000, targetPort: 'web' }] },
      ['spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive'],
    ],
    ['apps/v1/deployments', { selector, template, replicas: 0 }, []],
  ])('finds in %s of %j: %j', (resource, spec, expected) => {
    expect(faults(resource, spec)).toEqual(expected);
  });

  it('takes a selector of expressions, which it does not try', () => {
    const matchExpressions = [{ key: 'a', operator: 'Exists' }];
    expect(faults('apps/v1/deployments', { selector: { matchExpressions }, template })).toEqual([]);
  });

  it('says how a name has to be', () => {
    expect(faults('v1/pods', { containers: [{ name: 'C', image: 'i' }] })[0]).toContain('lowercase RFC 1123 label');
    expect(faults('v1/pods', { containers: [{ name: 'c'.repeat(64), image: 'i' }] })[0]).toContain('63 characters');
  });
});
