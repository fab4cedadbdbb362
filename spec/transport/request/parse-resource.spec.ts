import { describe, expect, it } from 'vitest';
import {
  NamespaceSyntaxError,
  parseResource,
  resourceInWords,
  resourcePath,
  ResourceSyntaxError,
} from '#src/transport/request/parse-resource.ts';

describe('parseResource', () => {
  it.each([
    ['v1/pods', { group: '', version: 'v1', plural: 'pods', apiVersion: 'v1' }],
    ['apps/v1/deployments', { group: 'apps', version: 'v1', plural: 'deployments', apiVersion: 'apps/v1' }],
    [
      'example.io/v1beta1/widgets',
      { group: 'example.io', version: 'v1beta1', plural: 'widgets', apiVersion: 'example.io/v1beta1' },
    ],
    [
      'example.io/stable/widgets',
      { group: 'example.io', version: 'stable', plural: 'widgets', apiVersion: 'example.io/stable' },
    ],
  ])('parses %s', (text, resource) => {
    // prettier-ignore
    expect(parseResource(text)).toEqual(resource);
  });

  it.each([
    ['', 'it is empty'],
    ['pods', 'it has no version'],
    ['deployments.apps', 'it has no version'],
    ['apps/deployments', 'it looks like group/plural, without a version'],
    ['v1/Pod', 'it looks like a kind'],
    ['/api/v1/pods', 'it looks like a path'],
    ['apis/apps/v1/deployments', 'it looks like a path'],
    ['v1/pods/status', 'it looks like a subresource or an object of the core group'],
    ['apps/v1/deployments/scale', 'it has more than three parts'],
    ['v1/', 'a part between its slashes is empty'],
    [' v1/pods', 'it has white space around it'],
    ['v1/po ds', 'it has characters that names of resources do not have'],
    ['v1/..', 'it has characters that names of resources do not have'],
    ['x?y/v1/pods', 'it has characters that names of resources do not have'],
    [null as never, 'it is not a text'],
    [5 as never, 'it is not a text'],
    [{ group: 'apps' } as never, 'it is not a text'],
  ])('says what %j looks like, and what is expected', (text, looksLike) => {
    const parse = () => parseResource(text);
    expect(parse).toThrow(ResourceSyntaxError);
    expect(parse).toThrow(TypeError);
    expect(parse).toThrow(`${JSON.stringify(text)} names no resource: ${looksLike}`);
    expect(parse).toThrow('Expected version/plural for the core group, such as "v1/pods"');
  });
});

describe('a resource', () => {
  it('has a path, whole or of one namespace', () => {
    expect(resourcePath(parseResource('v1/pods'))).toBe('/api/v1/pods');
    expect(resourcePath(parseResource('v1/pods'), '')).toBe('/api/v1/pods');
    expect(resourcePath(parseResource('apps/v1/deployments'), 'a-1')).toBe('/apis/apps/v1/namespaces/a-1/deployments');
  });

  // A URL swallows the dots, and a server takes the escaped slashes apart: both would lead elsewhere.
  it.each(['..', '.', '%2e%2e', 'a/b', 'x/pods/y', '\\', ' ', 'a b', 'a?b', 'A', '-a', 'é', 'a'.repeat(64)])(
    'has no path of what is not a namespace: %j',
    (namespace) => {
      const path = (): string => resourcePath(parseResource('v1/pods'), namespace);
      expect(path).toThrow(NamespaceSyntaxError);
      expect(path).toThrow(TypeError);
      expect(path).toThrow(`${JSON.stringify(namespace)} names no namespace`);
    },
  );

  it('has words', () => {
    expect(resourceInWords(parseResource('v1/pods'), 'default')).toBe('v1/pods in default');
    expect(resourceInWords(parseResource('apps/v1/deployments'))).toBe('apps/v1/deployments');
  });
});
