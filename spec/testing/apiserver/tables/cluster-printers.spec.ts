import { expect, it } from 'vitest';
import { clusterPrinters } from '#src/testing/apiserver/tables/cluster-printers.ts';
import { made, printed } from './printed.ts';

it('shows ConfigMaps, Secrets and namespaces', () => {
  const data = { data: { a: '', b: '' }, binaryData: { c: '' } };
  expect(printed('v1/configmaps', data)).toEqual({ Name: 'a', Data: '3', Age: '30s' });
  expect(printed('v1/secrets', {})).toEqual({ Name: 'a', Type: 'Opaque', Data: '0', Age: '30s' });
  expect(printed('v1/namespaces', { status: { phase: 'Terminating' } })['Status']).toBe('Terminating');
});

it('shows services by their addresses and ports', () => {
  const ports = [
    { port: 80, nodePort: 30_080 },
    { port: 53, protocol: 'UDP' },
  ];
  const inside = { Type: 'ClusterIP', 'Cluster-IP': 'None', 'External-IP': '<none>', Selector: 'app=a' };
  expect(printed('v1/services', { spec: { clusterIP: 'None', ports, selector: { app: 'a' } } })).toMatchObject({
    ...inside,
    'Port(s)': '80:30080/TCP,53/UDP',
  });
  const external = (spec: object, ...ingress: object[]): unknown =>
    printed('v1/services', { spec, status: { loadBalancer: { ingress } } })['External-IP'];
  expect(external({ type: 'LoadBalancer' })).toBe('<pending>');
  expect(external({ type: 'LoadBalancer', externalIPs: ['2.2.2.2'] }, { ip: '1.1.1.1' })).toBe('1.1.1.1,2.2.2.2');
  expect(external({ type: 'ExternalName', externalName: 'x.y' })).toBe('x.y');
});

it('shows nodes by their readiness, roles and addresses', () => {
  const labels = { 'node-role.kubernetes.io/worker': '', 'node-role.kubernetes.io/control-plane': '', zone: 'z' };
  const node = (status: object, spec: object = {}): Readonly<Record<string, unknown>> =>
    printed('v1/nodes', { metadata: { labels }, spec, status });
  const ready = (status: string): object => ({ conditions: [{ type: 'Ready', status }] });
  const unknown = {
    Status: 'Unknown',
    Roles: 'control-plane,worker',
    'Internal-IP': '<none>',
    'OS-Image': '<unknown>',
  };
  expect(node({})).toMatchObject(unknown);
  expect(node(ready('True'), { unschedulable: true })['Status']).toBe('Ready,SchedulingDisabled');
  expect(node(ready('Unknown'))['Status']).toBe('NotReady');
  expect(node({ addresses: [{ type: 'InternalIP', address: '10.0.0.1' }] })['Internal-IP']).toBe('10.0.0.1');
});

it('shows events of both groups alike', () => {
  const about = { kind: 'Pod', name: 'p', fieldPath: 'spec.containers{c}' };
  const shown = {
    'Last Seen': '30s',
    Type: 'Normal',
    Reason: 'Told',
    Object: 'pod/p',
    Subobject: 'spec.containers{c}',
    Source: 'kubelet, n',
    Message: 'words',
    'First Seen': '30s',
    Count: '3',
    Name: 'a',
  };
  const common = { type: 'Normal', reason: 'Told' };
  const source = { component: 'kubelet', host: 'n' };
  const core = { message: 'words ', source, firstTimestamp: made, lastTimestamp: made, count: 3 };
  expect(printed('v1/events', { ...common, ...core, involvedObject: about })).toEqual(shown);
  const times = { deprecatedFirstTimestamp: made, eventTime: made };
  const renamed = { note: 'words', deprecatedSource: source, deprecatedCount: 3, ...times };
  expect(printed('events.k8s.io/v1/events', { ...common, ...renamed, regarding: about })).toEqual(shown);
});

it('shows volumes, ingresses and bindings', () => {
  const spec = { volumeName: 'v', storageClassName: 's' };
  const status = { phase: 'Bound', capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce', 'ReadWriteMany'] };
  const claim = { Status: 'Bound', Volume: 'v', Capacity: '1Gi', 'Access Modes': 'RWO,RWX' };
  expect(printed('v1/persistentvolumeclaims', { spec, status })).toMatchObject(claim);
  const rules = ['a', 'b', 'c', 'd'].map((host) => ({ host }));
  const ingress = { Class: '<none>', Hosts: 'a,b,c + 1 more...', Address: '', Ports: '80, 443' };
  expect(printed('networking.k8s.io/v1/ingresses', { spec: { rules, tls: [{}] } })).toMatchObject(ingress);
  const subjects = [
    { kind: 'User', name: 'u' },
    { kind: 'ServiceAccount', namespace: 'n', name: 's' },
  ];
  const binding = { Role: 'Role/r', Users: 'u', Groups: '', ServiceAccounts: 'n/s' };
  const given = { roleRef: { kind: 'Role', name: 'r' }, subjects };
  expect(printed('rbac.authorization.k8s.io/v1/rolebindings', given)).toMatchObject(binding);
});

it('shows something of objects that are not as they should be', () => {
  const wrong = [{}, { spec: 'x', status: [] }, { spec: { ports: 1, rules: {}, externalIPs: 'x' }, subjects: 'x' }];
  for (const content of wrong) {
    for (const [name, { columns }] of Object.entries(clusterPrinters)) {
      const resource = name.replace('/', '/v1/').replace(/^\//, '');
      expect(Object.keys(printed(resource, content))).toEqual(columns.map((column) => column.name));
    }
  }
});
