import { describe, expect, it } from 'vitest';
import { wantedResource } from '../../../cli/resource/wanted-resource.ts';
import { StartError } from '../../../cli/start-error.ts';

function refusal(text: string): string {
  try {
    wantedResource(text);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as Error).message;
  }
  return 'accepted';
}

describe('wantedResource', () => {
  it.each([
    ['pods', 'v1/pods'],
    ['pod', 'v1/pods'],
    ['po', 'v1/pods'],
    ['Pod', 'v1/pods'],
    ['deploy', 'apps/v1/deployments'],
    ['Deployment', 'apps/v1/deployments'],
    ['deployments.apps', 'apps/v1/deployments'],
    ['deploy.v1.apps', 'apps/v1/deployments'],
    ['cm', 'v1/configmaps'],
    ['svc', 'v1/services'],
    ['ep', 'v1/endpoints'],
    ['ing', 'networking.k8s.io/v1/ingresses'],
    ['netpol', 'networking.k8s.io/v1/networkpolicies'],
    // Of two groups that have it, kubectl takes the core one; of two versions, the one that the server prefers.
    ['events', 'v1/events'],
    ['ev', 'v1/events'],
    ['events.events.k8s.io', 'events.k8s.io/v1/events'],
    ['hpa', 'autoscaling/v2/horizontalpodautoscalers'],
    ['hpa.v1.autoscaling', 'autoscaling/v1/horizontalpodautoscalers'],
    ['v1/pods', 'v1/pods'],
    ['autoscaling/v1/horizontalpodautoscalers', 'autoscaling/v1/horizontalpodautoscalers'],
  ])('takes %s for %s, in namespaces', (text, name) => {
    expect(wantedResource(text)).toEqual({ name, namespaced: true });
  });

  it.each([
    ['no', 'v1/nodes'],
    ['ns', 'v1/namespaces'],
    ['pv', 'v1/persistentvolumes'],
    ['crd', 'apiextensions.k8s.io/v1/customresourcedefinitions'],
    ['storage.k8s.io/v1/storageclasses', 'storage.k8s.io/v1/storageclasses'],
  ])('takes %s for %s, which have no namespace', (text, name) => {
    expect(wantedResource(text)).toEqual({ name, namespaced: false });
  });

  it('leaves to the server what is not built in', () => {
    expect(wantedResource('Widgets')).toEqual({ word: 'widgets' });
    expect(wantedResource('widgets.example.com')).toEqual({ word: 'widgets', group: 'example.com' });
    expect(wantedResource('widgets.v1beta1.example.com')).toEqual({
      word: 'widgets',
      group: 'example.com',
      version: 'v1beta1',
    });
    expect(wantedResource('example.com/v1/widgets')).toEqual({ name: 'example.com/v1/widgets' });
  });

  it('says how a resource is written where the text can be none', () => {
    expect(refusal('apps/deployments')).toMatch(
      /^"apps\/deployments" names no resource: it looks like group\/plural, without a version; in full it is "apps\/v1\/deployments"\. Expected version\/plural [^\n]+ Names as kubectl takes them/,
    );
    expect(refusal('')).toMatch(/^"" names no resource: it is empty\. Expected/);
    expect(refusal('pods,svc')).toMatch(/^"pods,svc" names no resource: one resource at a time is shown\. Expected/);
    expect(refusal('a b')).toMatch(/^"a b" names no resource: it has characters/);
    expect(refusal('v1/pods\u001b[31m\n')).toMatch(/^[\x20-\x7e]+$/);
    expect(refusal('\u202epods')).toMatch(/^[\x20-\x7e]+$/);
  });

  it('says how one object is shown', () => {
    expect(refusal('po/web-0')).toBe('"po/web-0" is one object: add --field-selector metadata.name=web-0 to "po"');
  });
});
