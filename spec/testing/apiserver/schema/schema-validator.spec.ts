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

  it('looks at members of every name', () => {
    const schema = JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as object;
    const validate = schemaValidator(schema);
    expect(faultsOf(validate(JSON.parse('{"__proto__":5}'))).map(({ field }) => field)).toEqual(['__proto__']);
    expect(validate(JSON.parse('{"__proto__":"x"}'))).toEqual([]);
    expect(validate({})).toEqual([]);
  });

  it('allows everything by an empty enumeration', () => {
    expect(schemaValidator({ type: 'string', enum: [] })('x')).toEqual([]);
  });

  it('names the place of what is wrong in lists and maps, logic last', () => {
    const item = { type: 'object', properties: { n: { type: 'integer' } }, anyOf: [{ required: ['n'] }] };
    const validate = schemaValidator({
      properties: { list: { type: 'array', items: item }, map: { additionalProperties: { type: 'string' } } },
      not: { required: ['list'] },
    });
    expect(
      validate({ list: [{ n: 1 }, { n: 'x' }, {}], map: { a: 1 } }).map(({ fault, steps }) => [steps, fault.field]),
    ).toEqual([
      [['list', '1', 'n'], 'list[1].n'],
      [['list', '2'], '<nil>'],
      [['list', '2'], 'list[2].n'],
      [['map', 'a'], 'map.a'],
      [[], '<nil>'],
    ]);
  });

  it('takes no longer for thousands of fields than for those that a value has', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `field${index}`);
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string', pattern: `^${name}` }]));
    const validate = schemaValidator({ type: 'object', properties });
    // Loads the packages.
    validate({ field0: 'field0' });
    const began = performance.now();
    expect(validate({ field1: 'field1', field2: 'x' })).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(500);
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
