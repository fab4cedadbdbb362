import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { ajvPackage, faultsOf, schemaValidator } from '#src/testing/apiserver/schema/schema-validator.ts';

describe('schemaValidator', () => {
  it('tells all that is wrong with a value, and nothing of one that is right', () => {
    const text = { type: 'string' };
    const validate = schemaValidator({ type: 'object', required: ['b'], properties: { a: text, b: text } });
    expect(validate({ b: 'x' })).toEqual([]);
    expect(faultsOf(validate({ a: 1 })).map(({ field }) => field)).toEqual(['b', 'a']);
  });

  it('looks at own members alone', () => {
    const validate = schemaValidator({ required: ['constructor'], properties: { toString: { type: 'string' } } });
    expect(faultsOf(validate({})).map(({ field }) => field)).toEqual(['constructor']);
  });

  it('reads patterns as Go does', () => {
    const validate = schemaValidator({ type: 'string', pattern: '(?i)^[[:alpha:]]+$' });
    expect(validate('aB')).toEqual([]);
    expect(validate('1')).toHaveLength(1);
  });
});

describe('ajvPackage', () => {
  it('says what to install where it is not there', () => {
    const missing = (code: string) => () => {
      throw Object.assign(new Error("Cannot find module 'ajv'"), { code });
    };
    const load = () => ajvPackage(missing('MODULE_NOT_FOUND'));
    expect(load).toThrow(KubeError);
    expect(load).toThrow('need the package ajv, which is not installed: npm install ajv');
    expect(() => ajvPackage(missing('EACCES'))).toThrow('does not load');
  });
});
