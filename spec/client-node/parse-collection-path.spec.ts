import { describe, expect, it } from 'vitest';
import { ResourceSyntaxError } from 'kuberx/http';
import { parseCollectionPath } from '#src/client-node/parse-collection-path.ts';

describe('parseCollectionPath', () => {
  it.each([
    ['/api/v1/pods', { resource: 'v1/pods' }],
    ['/api/v1/namespaces/default/pods', { resource: 'v1/pods', namespace: 'default' }],
    ['/api/v1/nodes', { resource: 'v1/nodes' }],
    ['/api/v1/namespaces', { resource: 'v1/namespaces' }],
    ['/api/v1/namespaces/namespaces/pods', { resource: 'v1/pods', namespace: 'namespaces' }],
    ['/apis/apps/v1/deployments', { resource: 'apps/v1/deployments' }],
    ['/apis/apps/v1/namespaces/kube-system/deployments', { resource: 'apps/v1/deployments', namespace: 'kube-system' }],
    ['/apis/example.io/v1alpha1/namespaces/x/widgets/', { resource: 'example.io/v1alpha1/widgets', namespace: 'x' }],
    ['/apis/metrics.k8s.io/v1beta1/namespaces/x/pods', { resource: 'metrics.k8s.io/v1beta1/pods', namespace: 'x' }],
    ['/api/v1/pods///', { resource: 'v1/pods' }],
    ['/api/v1/namespaces/a%2Db/pods', { resource: 'v1/pods', namespace: 'a-b' }],
    ['/api/v1/pods?', { resource: 'v1/pods' }],
    [
      '/api/v1/pods/?labelSelector=app%3Dweb%2Ctier%21%3Dcache&fieldSelector=spec.nodeName=n',
      { resource: 'v1/pods', labelSelector: 'app=web,tier!=cache', fieldSelector: 'spec.nodeName=n' },
    ],
  ])('parses %s', (path, collection) => {
    expect(parseCollectionPath(path)).toEqual(collection);
  });

  it.each([
    ['', 'it is empty'],
    ['v1/pods', 'it does not start with a slash'],
    ['api/v1/pods', 'it does not start with a slash'],
    [' /api/v1/pods', 'it does not start with a slash'],
    ['https://127.0.0.1:6443/api/v1/pods', 'it looks like a URL'],
    ['/', 'it starts with neither /api nor /apis'],
    ['/v1/pods', 'it starts with neither /api nor /apis'],
    ['/API/v1/pods', 'it starts with neither /api nor /apis'],
    ['/oapi/v1/builds', 'it starts with neither /api nor /apis'],
    ['/api', 'it names no collection'],
    ['/api/v1', 'it names no collection'],
    ['/apis/apps/v1/', 'it names no collection'],
    ['/api//v1/pods', 'a part between its slashes is empty'],
    ['/api/v1/namespaces//pods', 'a part between its slashes is empty'],
    ['/api/v1/namespaces/undefined/pods/web', 'it names one object or a part of one'],
    ['/api/v1/namespaces/default', 'it names one object or a part of one'],
    ['/api/v1/nodes/worker/status', 'it names one object or a part of one'],
    ['/api/v1/namespaces/default/finalize', 'it names a part of a namespace'],
    ['/api/v1/watch/pods', 'it is a path of the old kind for watches'],
    ['/apis/apps/v1/watch/namespaces/x/deployments', 'it is a path of the old kind for watches'],
    ['/api/v1/namespaces/Default/pods', '"Default" cannot be a namespace'],
    ['/api/v1/namespaces/../pods', '".." cannot be a namespace'],
    ['/api/v1/namespaces/a%2Fb/pods', '"a/b" cannot be a namespace'],
    ['/api/v1/Pods', '"v1/Pods" is not the version and plural of an API group'],
    ['/api/v1/..', '"v1/.." is not the version and plural of an API group'],
    ['/api/apps/v1/deployments', 'it names one object or a part of one'],
    ['/apis/v1/pods', 'it names no collection'],
    ['/apis/v1/pods/web', '"v1/pods/web" is not the version and plural of an API group'],
    ['/api/v1/pods%', 'it is not in URL encoding'],
    ['/api/v1/pods#x', '"v1/pods#x" is not the version and plural of an API group'],
    ['/api/v1/pods?watch=true', 'its query asks for "watch"'],
    ['/api/v1/pods?labelSelector=a&limit=5', 'its query asks for "limit"'],
    ['/api/v1/pods?__proto__=1', 'its query asks for "__proto__"'],
  ])('says what %j looks like, and what is expected', (path, looksLike) => {
    const parse = () => parseCollectionPath(path);
    expect(parse).toThrow(ResourceSyntaxError);
    expect(parse).toThrow(`${JSON.stringify(path)} names no resource: ${looksLike}`);
    expect(parse).toThrow('Expected the path of a collection, such as "/api/v1/pods"');
  });

  it.each([undefined, null, 5, {}, ['/api/v1/pods']])('refuses %j, which is not a string', (path) => {
    expect(() => parseCollectionPath(path as string)).toThrow('it is not a text');
  });
});
