import { describe, expect, it } from 'vitest';
import { fillDefaults } from '#src/testing/apiserver/defaults/type-defaults.ts';

function filled(type: string, struct: Record<string, unknown>): Record<string, unknown> {
  fillDefaults(type, struct);
  return struct;
}

describe('fillDefaults', () => {
  it.each([
    ['core.v1.ContainerPort', { containerPort: 80 }, { protocol: 'TCP' }],
    ['core.v1.Container', { image: 'i' }, { imagePullPolicy: 'Always' }],
    ['core.v1.Container', { image: 'r:5000/i' }, { imagePullPolicy: 'Always' }],
    ['core.v1.Container', { image: 'r:5000/i:1' }, { imagePullPolicy: 'IfNotPresent' }],
    ['core.v1.Container', { image: 'i@sha256:0' }, { imagePullPolicy: 'IfNotPresent' }],
    ['core.v1.Volume', { name: 'v' }, { emptyDir: {} }],
    ['core.v1.ServicePort', { port: 80, targetPort: 0 }, { protocol: 'TCP', targetPort: 80 }],
    ['apps.v1.DeploymentStrategy', {}, { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } }],
    ['rbac.v1.Subject', { kind: 'User' }, { apiGroup: 'rbac.authorization.k8s.io' }],
    ['networking.v1.NetworkPolicySpec', { egress: [{}] }, { policyTypes: ['Ingress', 'Egress'] }],
  ])('fills in a %s of %j', (type, struct, expected) => {
    expect(filled(type, struct)).toMatchObject(expected);
  });

  it('changes nothing that is there', () => {
    const strategy = { type: 'Recreate' };
    expect(filled('apps.v1.DeploymentStrategy', strategy)).toEqual({ type: 'Recreate' });
    expect(filled('core.v1.Volume', { name: 'v', secret: {} })).toEqual({ name: 'v', secret: {} });
    expect(filled('rbac.v1.Subject', { kind: 'ServiceAccount' })).toEqual({ kind: 'ServiceAccount' });
  });

  it('gives each object constants of its own', () => {
    const [one, other] = [filled('core.v1.PodSpec', {}), filled('core.v1.PodSpec', {})];
    expect(one['securityContext']).not.toBe(other['securityContext']);
  });
});
