import { expect, it } from 'vitest';
import { KubeError, UnsafeNumberError } from 'kuberx';

it('UnsafeNumberError is a BadRequest that names the field, in one printable line', () => {
  const error = new UnsafeNumberError('v1/pods', `spec["a\nb"]${'.x'.repeat(500)}`, 'is NaN');
  expect(error).toBeInstanceOf(KubeError);
  expect(error).toMatchObject({ name: 'UnsafeNumberError', reason: 'BadRequest', resource: 'v1/pods' });
  expect(error.field).toMatch(/^spec\["a b"\]/);
  expect(error.field).toHaveLength(200);
  expect(error.message).toMatch(/^v1\/pods: the object was not sent: spec\["a b"\].*… is NaN$/);
});
