import { describe, expect, it } from 'vitest';
import { dropManagedFields } from 'kuberx';
import { buildObject } from 'kuberx/testing';

describe('dropManagedFields', () => {
  const managedFields = [{ manager: 'kubectl', fieldsV1: { 'f:data': {} } }];
  const object = buildObject('default/a', '1', { metadata: { managedFields } });

  it('drops them, and nothing else', () => {
    expect(dropManagedFields(object)).toEqual(buildObject('default/a', '1'));
    expect(Object.keys(dropManagedFields(object).metadata)).not.toContain('managedFields');
  });

  it('leaves the object that it was given alone, and returns it where there is nothing to drop', () => {
    dropManagedFields(object);
    expect(object.metadata).toHaveProperty('managedFields', managedFields);
    const without = buildObject('default/a', '1');
    expect(dropManagedFields(without)).toBe(without);
  });
});
