import { describe, expect, it } from 'vitest';
import { scaleFaults } from '#src/testing/apiserver/definitions/scale-faults.ts';

const paths = { specReplicas: ['spec', 'replicas'], statusReplicas: ['status', 'replicas'] };
const texts = (object: object, ofStatus = false) =>
  scaleFaults(object as Record<string, unknown>, paths, ofStatus).map(({ field, message }) => `${field}: ${message}`);

describe('scaleFaults', () => {
  it('refuses numbers that no scale can have', () => {
    expect(texts({ spec: { replicas: -1 } })).toEqual([
      '.spec.replicas: Invalid value: -1: should be a non-negative integer',
    ]);
    expect(texts({ status: { replicas: 2 ** 31 } })).toEqual([
      '.status.replicas: Invalid value: 2147483648: should be less than or equal to 2147483647',
    ]);
    expect(texts({ spec: { replicas: 3 }, status: {} })).toEqual([]);
  });

  it('looks at the status alone where that is written', () => {
    expect(texts({ spec: { replicas: -1 } }, true)).toEqual([]);
  });
});
