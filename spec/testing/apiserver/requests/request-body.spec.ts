import { firstValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { contentType, jsonBody } from '#src/testing/apiserver/requests/request-body.ts';

const read = (text: string, type = 'application/json') => firstValueFrom(jsonBody(() => of(text), type, 'v1/pods'));

describe('jsonBody', () => {
  it.each([
    ['', undefined],
    ['null', null],
    ['{"a":1}', { a: 1 }],
  ])('reads %j', async (text, value) => {
    expect(await read(text)).toEqual(value);
  });

  it.each([
    ['{', 'application/json', 'BadRequest'],
    ['{}', 'text/plain', 'UnsupportedMediaType'],
    ['['.repeat(501) + ']'.repeat(501), 'application/json', 'BadRequest'],
  ])('refuses %j as %s: %s', async (text, type, reason) => {
    await expect(read(text, type)).rejects.toMatchObject({ reason });
  });

  it('prints nothing of what it reads', async () => {
    const warnings: unknown[] = [];
    const hear = (warning: unknown) => warnings.push(warning);
    process.on('warning', hear);
    await expect(read('%DIRECTIVE x\n---\na: 1\n', 'application/apply-patch+yaml')).resolves.toEqual({ a: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('quotes nothing of what it cannot read', async () => {
    await expect(read('{"password":hunter2}')).rejects.toThrow(/^(?!.*hunter2)/);
  });
});

it.each([
  [{}, 'application/json'],
  [{ 'content-type': '' }, 'application/json'],
  [{ 'content-type': 'text/plain; charset=utf-8' }, 'text/plain'],
])('contentType of %j is %s', (headers, type) => {
  expect(contentType(headers)).toBe(type);
});
