import { firstValueFrom, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type BodyText, contentType, jsonBody } from '#src/testing/apiserver/requests/request-body.ts';

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
    await expect(read('%DIRECTIVE x\n---\na: 1\n', 'application/yaml')).resolves.toEqual({ a: 1 });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('reads YAML', async () => {
    await expect(read('a: 1\n', 'application/yaml')).resolves.toEqual({ a: 1 });
  });

  it('reads protobuf where it is taken, as bytes', async () => {
    const asked: unknown[] = [];
    function text(...given: Parameters<BodyText>): ReturnType<BodyText> {
      asked.push(given);
      return of('k8s\0\x12\x07\x0a\x05\x0a\x03\xc3\xbc1');
    }
    const expected = { apiVersion: 'v1', kind: 'ConfigMap' };
    const type = 'application/vnd.kubernetes.protobuf';
    await expect(firstValueFrom(jsonBody(text, type, 'v1/configmaps', { protobuf: expected }))).resolves.toEqual({
      ...expected,
      metadata: { name: 'ü1' },
    });
    expect(asked).toEqual([['v1/configmaps', 'latin1']]);
    await expect(read('k8s\0', type)).rejects.toMatchObject({ reason: 'UnsupportedMediaType' });
  });

  it.each([['application/yaml'], ['application/vnd.kubernetes.protobuf'], ['text/plain']])(
    'refuses %s as a patch',
    async (type) => {
      const body = (): Promise<unknown> =>
        firstValueFrom(jsonBody(() => of('a: 1'), type, 'v1/pods', { isPatch: true }));
      await expect(body()).rejects.toThrow('415: Unsupported Media Type');
    },
  );

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
