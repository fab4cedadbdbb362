import { expect, it } from 'vitest';
import { builtInFields } from '#src/testing/apiserver/types/built-in-fields.ts';
import { builtInSchema } from '#src/testing/apiserver/types/built-in-schema.ts';

it('finds fields by their names, with those that are written in their place', () => {
  const fields = builtInFields(builtInSchema('core.v1.Volume'));
  expect(fields.get('name')).toMatchObject({ type: 's' });
  expect(fields.get('emptyDir')).toMatchObject({ type: 'core.v1.EmptyDirVolumeSource' });
  expect(fields.has('')).toBe(false);
  expect(builtInFields(builtInSchema('core.v1.Volume'))).toBe(fields);
});
