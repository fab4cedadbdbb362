import { expect, it } from 'vitest';
import { applied, isManaged, type Manager, updatedFields } from '#src/testing/apiserver/apply/managed-fields.ts';
import { anyValue } from '#src/testing/apiserver/apply/value-type.ts';

const manager = (name: string, operation: Manager['operation'] = 'Apply'): Manager => ({
  name,
  operation,
  apiVersion: 'v1',
  subresource: '',
});

function apply(current: Record<string, unknown> | undefined, data: object, name: string, time = 't1') {
  return applied(
    current,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data },
    { manager: manager(name), force: false, time, type: anyValue, mayWrite: () => true },
  );
}

it('gives what was there before the first apply to a manager of its own', () => {
  const stored = { metadata: { name: 'a' }, data: { k: '1', l: '1' } };
  expect(isManaged(stored)).toBe(false);
  expect(apply(stored, { k: '2' }, 'm')).toMatchObject({
    conflict: { message: 'Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.k' },
  });
  const outcome = apply(stored, { k: '1' }, 'm');
  expect(outcome).toMatchObject({
    object: { metadata: { managedFields: [{ manager: 'm' }, { manager: 'before-first-apply', operation: 'Update' }] } },
  });
});

it('keeps the time of a manager whose fields are the same', () => {
  const first = apply(undefined, { k: '1' }, 'm', 't1') as { readonly object: Record<string, unknown> };
  expect(isManaged(first.object)).toBe(true);
  expect(apply(first.object, { k: '1' }, 'm', 't2')).toEqual(first);
});

it('leaves everything as it is where a write changes nothing', () => {
  const { object } = apply(undefined, { k: '1' }, 'm') as { readonly object: Record<string, unknown> };
  const options = { time: 't2', type: anyValue };
  expect(updatedFields(object, object, manager('u', 'Update'), options)).toEqual(object);
  const { metadata } = updatedFields(object, { ...object, data: {} }, manager('u', 'Update'), options);
  expect(metadata).not.toHaveProperty('managedFields.0.fieldsV1.f:data.f:k');
});
