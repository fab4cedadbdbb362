import { expect, it } from 'vitest';
import type { AnsweredRequest } from 'kuberx/testing/apiserver';
import { requestLine } from '#src/testing/apiserver/program/request-line.ts';

const request: AnsweredRequest = {
  transport: 'http/1.1',
  method: 'GET',
  path: '/api/v1/pods',
  query: { watch: '1', labelSelector: 'a=b' },
  accept: 'application/json',
  userAgent: 'kubectl/v1.36',
  user: undefined,
  verb: 'watch',
  resource: 'v1/pods',
  namespace: undefined,
  name: undefined,
  subresource: undefined,
  code: 200,
  milliseconds: 1.6,
};

it('is the code, the time, the method, the path and who asked', () => {
  expect(requestLine(request)).toBe('200 2 ms GET /api/v1/pods?watch=1&labelSelector=a%3Db (kubectl/v1.36)');
  expect(requestLine({ ...request, query: {}, userAgent: undefined, code: 'reset' })).toBe(
    'reset 2 ms GET /api/v1/pods',
  );
});

it('stays one line of printable text, whatever is sent', () => {
  const line = requestLine({ ...request, path: '/a\nb\u001b[2J', query: {}, userAgent: 'x\r\n'.repeat(1000) });
  expect(line).toMatch(/^200 2 ms GET \/a b \[2J \(x x .*\)$/);
  expect(line.length).toBeLessThan(120);
});
