import { humanDuration } from './human-duration.ts';
import { type Shown, tablePrinter, type TablePrinter } from './table-printer.ts';

/** At most three, and how many more there are. */
function few(texts: readonly string[], none: string): string {
  if (texts.length > 3) return `${texts.slice(0, 3).join(',')} + ${texts.length - 3} more...`;
  return texts.join(',') || none;
}

function texts(object: Shown, path: string): readonly string[] {
  const values = object.at(path);
  return Array.isArray(values) ? values.map(String) : [];
}

function endpointAddresses(endpoints: Shown): readonly string[] {
  return endpoints.each('subsets').flatMap((subset) => {
    const addresses = subset.each('addresses').map((each) => each.text('ip'));
    const ports = subset.each('ports').map((each) => each.text('port'));
    if (ports.length === 0) return addresses;
    const joined = (address: string, port: string): string =>
      address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
    return ports.flatMap((port) => addresses.map((address) => joined(address, port)));
  });
}

function quota(object: Shown, isLimit: boolean): string {
  const hard = (object.at('status.hard') ?? {}) as Readonly<Record<string, string>>;
  const used = (object.at('status.used') ?? {}) as Readonly<Record<string, string>>;
  return Object.keys(hard)
    .filter((name) => name.startsWith('limits.') === isLimit)
    .sort()
    .map((name) => `${name}: ${used[name] ?? '0'}/${hard[name] ?? '0'}`)
    .join(', ');
}

function requestStatus(request: Shown): string {
  const has = (type: string): boolean => request.each('status.conditions').some((each) => each.text('type') === type);
  const decided = has('Denied') ? 'Denied' : has('Approved') ? 'Approved' : 'Pending';
  return `${decided}${has('Failed') ? ',Failed' : ''}${request.text('status.certificate') === '' ? '' : ',Issued'}`;
}

/** Those that are looked at less often. Source: kubernetes `printers/internalversion/printers.go`. */
export const otherPrinters: Readonly<Record<string, TablePrinter>> = {
  '/endpoints': tablePrinter('Name|Endpoints|Age', (each) => [few(endpointAddresses(each), '<none>'), each.age()]),
  '/resourcequotas': tablePrinter('Name|Request|Limit|Age', (each) => [
    quota(each, false),
    quota(each, true),
    each.age(),
  ]),
  'discovery.k8s.io/endpointslices': tablePrinter('Name|AddressType|Ports|Endpoints|Age', (each) => [
    each.text('addressType'),
    few(
      each.each('ports').map((port) => port.text('port') || port.text('name') || '*'),
      '<unset>',
    ),
    few(
      each.each('endpoints').flatMap((endpoint) => texts(endpoint, 'addresses')),
      '<unset>',
    ),
    each.age(),
  ]),
  'storage.k8s.io/csinodes': tablePrinter('Name|Drivers#|Age', (each) => [each.size('spec.drivers'), each.age()]),
  'storage.k8s.io/volumeattributesclasses': tablePrinter('Name|DriverName|Age', (each) => [
    each.text('driverName'),
    each.age(),
  ]),
  'networking.k8s.io/servicecidrs': tablePrinter('Name|CIDRs|Age', (each) => [
    texts(each, 'spec.cidrs').join(','),
    each.age(),
  ]),
  'certificates.k8s.io/certificatesigningrequests': tablePrinter(
    'Name|Age|SignerName|Requestor|RequestedDuration|Condition',
    (each) => [
      each.age(),
      each.text('spec.signerName') || '<none>',
      each.text('spec.username'),
      each.at('spec.expirationSeconds') === undefined ? '<none>' : humanDuration(each.number('spec.expirationSeconds')),
      requestStatus(each),
    ],
  ),
};
