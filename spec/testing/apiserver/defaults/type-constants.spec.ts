import { expect, it } from 'vitest';
import { typeConstants } from '#src/testing/apiserver/defaults/type-constants.ts';
import { builtInSchema } from '#src/testing/apiserver/types/built-in-schema.ts';

it('the constants are of fields that their types have', () => {
  for (const [type, constants] of Object.entries(typeConstants)) {
    const fields = (name: string): string[] =>
      builtInSchema(name).fields.flatMap((field) => (field.isInline ? fields(field.type) : [field.name]));
    expect(fields(type), type).toEqual(expect.arrayContaining(Object.keys(constants)));
  }
});
