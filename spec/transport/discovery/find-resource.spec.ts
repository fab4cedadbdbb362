import { describe, expect, it } from 'vitest';
import { findKind, findResource } from '#src/transport/discovery/find-resource.ts';
import { widgetApis } from './served.ts';

const { resources } = await widgetApis();

describe('findResource', () => {
  it.each([
    ['pods', 'v1/pods'],
    ['pod', 'v1/pods'],
    ['Pod', 'v1/pods'],
    ['PODS', 'v1/pods'],
    ['po', 'v1/pods'],
    ['deploy', 'apps/v1/deployments'],
    ['deploy.apps', 'apps/v1/deployments'],
    ['deployments.v1.apps', 'apps/v1/deployments'],
    ['Deployment.v1.apps', 'apps/v1/deployments'],
    ['Deployment.apps', 'apps/v1/deployments'],
    ['apps/v1/deployments', 'apps/v1/deployments'],
    // The core group comes first, and of one group the version that the server prefers.
    ['events', 'v1/events'],
    ['events.events.k8s.io', 'events.k8s.io/v1/events'],
    ['hpa', 'autoscaling/v2/horizontalpodautoscalers'],
    ['hpa.v1.autoscaling', 'autoscaling/v1/horizontalpodautoscalers'],
    ['pods.other.example.com', 'other.example.com/v1/pods'],
    ['widgets', 'example.com/v1/widgets'],
    ['wd', 'example.com/v1/widgets'],
    ['widgets.v1beta1.example.com', 'example.com/v1beta1/widgets'],
    ['olds', 'example.com/v1beta1/olds'],
    ['Thing', 'other.example.com/v1/widgets'],
    ['thing', 'other.example.com/v1/widgets'],
    // A group that is cut short.
    ['sc.storage', 'storage.k8s.io/v1/storageclasses'],
    ['storageclass.storage', 'storage.k8s.io/v1/storageclasses'],
    ['widgets.other', 'other.example.com/v1/widgets'],
    ['example.com/v1beta1/widgets', 'example.com/v1beta1/widgets'],
  ])('finds %s: %s', (text, name) => {
    expect(findResource(resources, text)?.name).toBe(name);
  });

  // Short names are taken as they are written, and a group or version that is not there is not passed over.
  it.each([
    ['PO'],
    ['gadgets'],
    ['pods.v2'],
    ['pods.apps'],
    ['widgets.v7.example.com'],
    ['v1/pod'],
    ['v1/PODS'],
    [''],
    ['.'],
  ])('does not find %s', (text) => {
    expect(findResource(resources, text)).toBeUndefined();
  });

  it('takes a plural before a short name of another group', () => {
    const base = { version: 'v1', namespaced: true, verbs: [], categories: [], subresources: [], preferred: true };
    const [first, second] = ['a.io', 'b.io'].map((group) => ({ ...base, group, apiVersion: `${group}/v1` }));
    const gauges = {
      ...first!,
      name: 'a.io/v1/gauges',
      plural: 'gauges',
      singular: '',
      kind: 'Gauge',
      shortNames: ['widgets'],
    };
    const widgets = {
      ...second!,
      name: 'b.io/v1/widgets',
      plural: 'widgets',
      singular: '',
      kind: 'Widget',
      shortNames: [],
    };
    expect(findResource([gauges, widgets], 'widgets')).toBe(widgets);
    // Of servers that name no singular it is the kind.
    expect(findResource([gauges, widgets], 'WIDGET')).toBe(widgets);
  });
});

describe('findKind', () => {
  it.each([
    ['v1', 'Pod', 'v1/pods'],
    ['autoscaling/v1', 'HorizontalPodAutoscaler', 'autoscaling/v1/horizontalpodautoscalers'],
    ['v1', 'Endpoints', 'v1/endpoints'],
    ['other.example.com/v1', 'Pod', 'other.example.com/v1/pods'],
    ['v1', 'pod', undefined],
    ['apps/v9', 'Deployment', undefined],
    // A kind of the parts of other objects has no resource of its own.
    ['autoscaling/v1', 'Scale', undefined],
  ])('finds %s %s: %s', (apiVersion, kind, name) => {
    expect(findKind(resources, { apiVersion, kind })?.name).toBe(name);
  });
});
