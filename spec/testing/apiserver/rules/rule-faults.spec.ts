import { describe, expect, it } from 'vitest';
import { hasRules, ruleFaults, ruleSyntaxFaults, ruleWarnings } from '#src/testing/apiserver/rules/rule-faults.ts';
import { aServer, send } from '../a-server.ts';

const text = { type: 'string' };
const integer = { type: 'integer' };
const rules = (...all: readonly object[]) => ({
  'x-kubernetes-validations': all as readonly Record<string, unknown>[],
});
const schema = {
  type: 'object',
  ...rules({ rule: 'self.metadata.name.startsWith("a")', message: 'name begins with a' }),
  properties: {
    spec: {
      type: 'object',
      ...rules(
        { rule: 'self.min <= self.max', message: 'min is at most max' },
        { rule: '!has(self.frozen) || self.frozen == oldSelf.frozen', message: 'frozen', fieldPath: '.frozen' },
        { rule: 'self.min >= 0', messageExpression: '"min is " + string(self.min)', reason: 'FieldValueForbidden' },
        { rule: '!has(self.name) || self.name.matches("^[a-z]+$")' },
      ),
      properties: {
        min: integer,
        max: integer,
        frozen: text,
        name: text,
        'x-y': { ...text, ...rules({ rule: 'self != "bad"' }) },
        immutable: { ...text, ...rules({ rule: 'self == oldSelf', message: 'immutable' }) },
        l: {
          type: 'array',
          'x-kubernetes-list-type': 'map',
          'x-kubernetes-list-map-keys': ['k'],
          items: {
            type: 'object',
            required: ['k'],
            properties: { k: text, v: { ...integer, ...rules({ rule: 'self >= oldSelf', message: 'grows' }) } },
          },
          ...rules({ rule: 'self.all(x, self.exists_one(y, x.v == y.v))', message: 'values differ' }),
        },
        x: { ...integer, ...rules({ rule: '10 / self > 0' }) },
        o: { ...text, ...rules({ rule: 'oldSelf.orValue("none") != self', optionalOldSelf: true, message: 'same' }) },
      },
    },
  },
};
const object = (spec: object, name = 'a') => ({ metadata: { name }, spec: { min: 1, max: 2, ...spec } });
const told = (after: object, before?: object) =>
  ruleFaults({ ...after }, before && { ...before }, schema).map(({ field, message }) => `${field}: ${message}`);

describe('ruleFaults', () => {
  // As a kube-apiserver 1.36 says it.
  it.each([
    [{}, []],
    [{ min: 3 }, ['spec: Invalid value: min is at most max']],
    [{ min: -1 }, ['spec: Forbidden: min is -1']],
    [{ name: 'A' }, ['spec: Invalid value: failed rule: !has(self.name) || self.name.matches("^[a-z]+$")']],
    [{ 'x-y': 'bad' }, ['spec.x-y: Invalid value: "bad": failed rule: self != "bad"']],
    [
      {
        l: [
          { k: 'a', v: 1 },
          { k: 'b', v: 1 },
        ],
      },
      ['spec.l: Invalid value: values differ'],
    ],
    [{ l: [{ k: 'a' }] }, ['spec.l: Invalid value: "array": no such key: v evaluating rule: values differ']],
    [{ x: 0 }, ['spec.x: Invalid value: "integer": division by zero evaluating rule: 10 / self > 0']],
    [{ frozen: 'x', immutable: 'y', l: [{ k: 'a', v: 0 }] }, []],
    [{ o: 'none' }, ['spec.o: Invalid value: "none": same']],
  ])('of a new object with the spec %j tells %j', (spec, expected) => {
    expect(told(object(spec))).toEqual(expected);
  });

  it('tells of the object as a whole', () => {
    expect(told(object({}, 'b'))).toEqual(['<nil>: Invalid value: name begins with a']);
  });

  it('compares with what was there before, in lists by their keys', () => {
    const before = object({ frozen: 'x', immutable: 'i', l: [{ k: 'a', v: 1 }] });
    expect(told(object({ frozen: 'y' }), before)).toEqual(['spec.frozen: Invalid value: frozen']);
    expect(told(object({ immutable: 'j' }), before)).toEqual(['spec.immutable: Invalid value: "j": immutable']);
    const shrunk = [
      { k: 'b', v: -5 },
      { k: 'a', v: 0 },
    ];
    expect(told(object({ l: shrunk }), before)).toEqual(['spec.l[1].v: Invalid value: 0: grows']);
    const wrong = object({ 'x-y': 'bad' });
    expect(told({ ...wrong, status: { n: 1 } }, wrong)).toEqual([]);
  });

  it('stops where loops would take too many turns', () => {
    const list = Array.from({ length: 3000 }, (_, index) => ({ k: String(index), v: index }));
    const began = performance.now();
    expect(told(object({ l: list }))[0]).toBe(
      'spec.l: Invalid value: "array": validation failed due to running out of cost budget, no further validation rules will be run',
    );
    expect(performance.now() - began).toBeLessThan(1500);
  });
});

it.each(['self.split("").all(x, self.split("").all(y, x == y))', 'self.split("").map(x, self).join("") != ""'])(
  'counts the letters of texts that %s makes lists of',
  (rule) => {
    const [fault] = ruleFaults({ a: 'a'.repeat(5000) }, undefined, {
      properties: { a: { ...text, ...rules({ rule }) } },
    });
    expect(fault?.message).toContain('running out of cost budget');
  },
);

it('knows whether there are rules', () => {
  expect([hasRules(schema), hasRules({ properties: { a: text } })]).toEqual([true, false]);
});

it('refuses what is not CEL, and warns of what is not evaluated', () => {
  const bad = { type: 'object', properties: { a: { ...text, ...rules({ rule: 'self ==' }, { rule: 'ip("::1")' }) } } };
  expect(ruleSyntaxFaults(bad, 'at')).toMatchObject([
    {
      field: 'at.properties[a].x-kubernetes-validations[0].rule',
      message: expect.stringContaining('Invalid value: {"Rule":"self ==","Message":""') as string,
    },
  ]);
  expect(ruleWarnings(bad)).toEqual([
    `the embedded API server does not evaluate the rule "ip(\\"::1\\")": found no matching overload for 'ip(string)'`,
  ]);
  expect(ruleWarnings(schema)).toEqual([]);
});

it('is asked of what is created, updated, patched and applied, and tells who writes a definition what is not evaluated', async () => {
  const server = await aServer();
  const unknown = { ...schema, ...rules({ rule: 'ip("::1") == 1' }) };
  const definition = {
    metadata: { name: 'cels.example.io' },
    spec: {
      group: 'example.io',
      scope: 'Namespaced',
      names: { plural: 'cels', kind: 'Cel' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: unknown },
        },
      ],
    },
  };
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const made = await send(server, 'POST', definitions, definition);
  expect([made.code, made.headers.get('warning')]).toEqual([
    201,
    expect.stringContaining('does not evaluate the rule'),
  ]);
  const path = '/apis/example.io/v1/namespaces/default/cels';
  const cel = (spec: object) => ({ apiVersion: 'example.io/v1', kind: 'Cel', ...object(spec) });
  const message = 'Cel.example.io "a" is invalid: spec: Invalid value: min is at most max';
  expect(await send(server, 'POST', path, cel({ min: 3 }))).toMatchObject({ code: 422, json: { message } });
  expect((await send(server, 'POST', path, cel({}))).code).toBe(201);
  for (const type of ['application/merge-patch+json', 'application/apply-patch+yaml']) {
    const at = `${path}/a?fieldManager=m${type.includes('apply') ? '&force=true' : ''}`;
    const answer = await send(server, 'PATCH', at, cel({ min: 3 }), { 'Content-Type': type });
    expect(answer).toMatchObject({ code: 422, json: { message } });
  }
  const blocked = await send(server, 'POST', path, cel({ name: 5 }));
  expect(blocked.text).toContain('some validation rules were not checked because the object was invalid');
});
