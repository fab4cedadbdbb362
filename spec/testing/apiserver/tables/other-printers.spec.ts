import { expect, it } from 'vitest';
import { otherPrinters } from '#src/testing/apiserver/tables/other-printers.ts';
import { printed } from './printed.ts';

it('shows the first three addresses of endpoints', () => {
  const addresses = ['1.1.1.1', '1.1.1.2', '1.1.1.3', '1.1.1.4'].map((ip) => ({ ip }));
  const shown = (subsets: object[]): unknown => printed('v1/endpoints', { subsets })['Endpoints'];
  expect(shown([])).toBe('<none>');
  expect(shown([{ addresses: [{ ip: '::1' }], ports: [{ port: 80 }] }])).toBe('[::1]:80');
  expect(shown([{ addresses, ports: [{ port: 80 }] }])).toBe('1.1.1.1:80,1.1.1.2:80,1.1.1.3:80 + 1 more...');
  expect(
    printed('discovery.k8s.io/v1/endpointslices', { addressType: 'IPv4', endpoints: [{ addresses: ['1.1.1.1'] }] }),
  ).toMatchObject({ AddressType: 'IPv4', Ports: '<unset>', Endpoints: '1.1.1.1' });
});

it('shows what a quota limits apart from what may be asked for', () => {
  const status = { hard: { pods: '2', 'limits.cpu': '1', cpu: '3' }, used: { pods: '1' } };
  expect(printed('v1/resourcequotas', { status })).toMatchObject({
    Request: 'cpu: 0/3, pods: 1/2',
    Limit: 'limits.cpu: 0/1',
  });
  expect(printed('v1/resourcequotas', {})).toMatchObject({ Request: '', Limit: '' });
});

it('shows what became of requests for certificates', () => {
  const shown = (status: object): unknown =>
    printed('certificates.k8s.io/v1/certificatesigningrequests', { spec: { expirationSeconds: 3600 }, status });
  expect(shown({})).toMatchObject({ RequestedDuration: '60m', SignerName: '<none>', Condition: 'Pending' });
  expect(shown({ conditions: [{ type: 'Approved' }], certificate: 'x' })).toMatchObject({
    Condition: 'Approved,Issued',
  });
});

it('shows something of each', () => {
  for (const [name, { columns, cells }] of Object.entries(otherPrinters)) {
    expect(cells({ apiVersion: 'v1', kind: 'X', metadata: { name: 'a' } }, 0), name).toHaveLength(columns.length);
  }
});
