import { describe, expect, it } from 'vitest';
import { KubeError } from 'kuberx';
import { UnknownResourceError } from 'kuberx/http';
import { widgetApis } from './served.ts';

const apis = await widgetApis();
const unknown = (text: string) => new UnknownResourceError(text, apis);

describe('UnknownResourceError', () => {
  it('is a NotFound that says what there is instead', () => {
    const error = unknown('deploymets');
    expect(error).toBeInstanceOf(KubeError);
    expect(error).toMatchObject({ name: 'UnknownResourceError', reason: 'NotFound', text: 'deploymets' });
    expect(error.near).toEqual(['apps/v1/deployments']);
    expect(error.message).toBe('discovery: the server has no resource "deploymets"; it has apps/v1/deployments');
  });

  it.each([
    ['PO', 'v1/pods'],
    ['v1/pod', 'v1/pods'],
    ['apps/v1/Deploymnet', 'apps/v1/deployments'],
    ['cronjobs.v9.batch', 'batch/v1/cronjobs'],
    ['widgest', 'example.com/v1/widgets'],
  ])('names %s near %s', (text, name) => {
    expect(unknown(text).near[0]).toBe(name);
  });

  it('names at most three, and none that is another word', () => {
    expect(unknown('job').near.length).toBeLessThanOrEqual(3);
    expect(unknown('quux').near).toEqual([]);
    expect(unknown('').near).toEqual([]);
    expect(unknown('quux').message).toBe('discovery: the server has no resource "quux"');
  });

  it('says where the name may be as well', () => {
    const error = new KubeError({ reason: 'ServiceUnavailable', resource: 'a', message: 'down' });
    const failures = ['a.io/v1', 'b.io/v1', 'c.io/v1', 'd.io/v1', 'e.io/v1', 'f.io/v1'].map((where) => ({
      where,
      error,
    }));
    expect(new UnknownResourceError('quux', { resources: [], failures: failures.slice(0, 1) }).message).toBe(
      'discovery: the server has no resource "quux"; it did not tell all of a.io/v1',
    );
    expect(new UnknownResourceError('quux', { resources: [], failures }).message).toMatch(
      /d.io\/v1, e.io\/v1 and others$/,
    );
  });

  it('shows the beginning of a text that no resource has, in one line', () => {
    expect(unknown(`\u001b[31m\n${'x'.repeat(9999)}`).message).toMatch(/^[\x20-\x7e…]{1,500}$/);
  });
});
