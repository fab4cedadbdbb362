import { type Shown, tablePrinter, type TablePrinter } from './table-printer.ts';

const accessModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function modesOf(volume: Shown, path: string): string {
  const modes = volume.at(path);
  return (Array.isArray(modes) ? modes : []).map((mode) => accessModes[String(mode)] ?? '').join(',');
}

function externalAddress(service: Shown): string {
  const type = service.text('spec.type', 'ClusterIP');
  if (type === 'ExternalName') return service.text('spec.externalName') || '<none>';
  const ingress = service.each('status.loadBalancer.ingress').map((each) => each.text('ip') || each.text('hostname'));
  const given = service.at('spec.externalIPs');
  const addresses = [
    ...(type === 'LoadBalancer' ? ingress : []),
    ...(Array.isArray(given) ? (given as readonly string[]) : []),
  ];
  return addresses.join(',') || (type === 'LoadBalancer' ? '<pending>' : '<none>');
}

function ports(service: Shown): string {
  const texts = service.each('spec.ports').map((each) => {
    const node = each.number('nodePort');
    return `${each.text('port')}${node > 0 ? `:${node}` : ''}/${each.text('protocol', 'TCP')}`;
  });
  return texts.join(',') || '<none>';
}

function nodeStatus(node: Shown): string {
  const ready = node.each('status.conditions').find((each) => each.text('type') === 'Ready');
  const status = ready === undefined ? 'Unknown' : ready.text('status') === 'True' ? 'Ready' : 'NotReady';
  return node.at('spec.unschedulable') === true ? `${status},SchedulingDisabled` : status;
}

function nodeRoles(node: Shown): string {
  const labels = node.at('metadata.labels');
  const prefix = 'node-role.kubernetes.io/';
  const names = typeof labels === 'object' && labels !== null ? Object.keys(labels) : [];
  const roles = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  return roles.filter(Boolean).sort().join(',') || '<none>';
}

function nodeAddress(node: Shown, type: string): string {
  const found = node.each('status.addresses').find((each) => each.text('type') === type);
  return found?.text('address') ?? '<none>';
}

const nodePrinter = tablePrinter(
  'Name|Status|Roles|Age|Version|Internal-IP!|External-IP!|OS-Image!|Kernel-Version!|Container-Runtime!',
  (node) => [
    nodeStatus(node),
    nodeRoles(node),
    node.age(),
    node.text('status.nodeInfo.kubeletVersion'),
    nodeAddress(node, 'InternalIP'),
    nodeAddress(node, 'ExternalIP'),
    ...['osImage', 'kernelVersion', 'containerRuntimeVersion'].map(
      (field) => node.text(`status.nodeInfo.${field}`) || '<unknown>',
    ),
  ],
);

/** An event has no name in the first place. */
function eventPrinter(object: 'involvedObject' | 'regarding'): TablePrinter {
  const printer = tablePrinter(
    'Last Seen|Type|Reason|Object|Subobject!|Source!|Message|First Seen!|Count!|Name!',
    (event) => {
      const last = ['series.lastObservedTime', 'lastTimestamp', 'deprecatedLastTimestamp', 'eventTime'];
      const first = ['firstTimestamp', 'deprecatedFirstTimestamp', 'eventTime'];
      const known = (paths: readonly string[]): string =>
        event.age(paths.find((path) => event.text(path) !== '') ?? '');
      const source = object === 'regarding' ? 'deprecatedSource' : 'source';
      const component =
        event.text(`${source}.component`) || event.text('reportingComponent') || event.text('reportingController');
      const host = event.text(`${source}.host`) || event.text('reportingInstance');
      return [
        known(last),
        event.text('type'),
        event.text('reason'),
        `${event.text(`${object}.kind`).toLowerCase()}/${event.text(`${object}.name`)}`,
        event.text(`${object}.fieldPath`),
        [component, host].filter(Boolean).join(', '),
        (event.text('message') || event.text('note')).trim(),
        known(first),
        event.text('series.count') || event.text('count') || event.text('deprecatedCount') || '1',
      ];
    },
  );
  const cells: TablePrinter['cells'] = (event, now) => {
    const [name, ...rest] = printer.cells(event, now);
    return [...rest, name];
  };
  return { columns: printer.columns, cells };
}

function bindingPrinter(): TablePrinter {
  const subjects = (each: Shown, kind: string, name: (subject: Shown) => string): string =>
    each
      .each('subjects')
      .filter((subject) => subject.text('kind') === kind)
      .map(name)
      .join(', ');
  return tablePrinter('Name|Role|Age|Users!|Groups!|ServiceAccounts!', (each) => [
    `${each.text('roleRef.kind')}/${each.text('roleRef.name')}`,
    each.age(),
    subjects(each, 'User', (subject) => subject.text('name')),
    subjects(each, 'Group', (subject) => subject.text('name')),
    subjects(each, 'ServiceAccount', (subject) => `${subject.text('namespace')}/${subject.text('name')}`),
  ]);
}

const webhooks = tablePrinter('Name|Webhooks#|Age', (each) => [each.size('webhooks'), each.age()]);

/** Those of everything but workloads, by group and plural. */
export const clusterPrinters: Readonly<Record<string, TablePrinter>> = {
  '/configmaps': tablePrinter('Name|Data|Age', (each) => [
    String(each.size('data') + each.size('binaryData')),
    each.age(),
  ]),
  '/secrets': tablePrinter('Name|Type|Data|Age', (each) => [
    each.text('type', 'Opaque'),
    String(each.size('data')),
    each.age(),
  ]),
  '/namespaces': tablePrinter('Name|Status|Age', (each) => [each.text('status.phase', 'Active'), each.age()]),
  '/serviceaccounts': tablePrinter('Name|Age', (each) => [each.age()]),
  '/nodes': nodePrinter,
  '/events': eventPrinter('involvedObject'),
  'events.k8s.io/events': eventPrinter('regarding'),
  '/services': tablePrinter('Name|Type|Cluster-IP|External-IP|Port(s)|Age|Selector!', (each) => [
    each.text('spec.type', 'ClusterIP'),
    each.text('spec.clusterIP') || '<none>',
    externalAddress(each),
    ports(each),
    each.age(),
    each.labels('spec.selector'),
  ]),
  '/persistentvolumeclaims': tablePrinter(
    'Name|Status|Volume|Capacity|Access Modes|StorageClass|VolumeAttributesClass|Age|VolumeMode!',
    (each) => [
      each.at('metadata.deletionTimestamp') === undefined ? each.text('status.phase', 'Pending') : 'Terminating',
      each.text('spec.volumeName'),
      each.text('spec.volumeName') === '' ? '' : each.text('status.capacity.storage'),
      each.text('spec.volumeName') === '' ? '' : modesOf(each, 'status.accessModes'),
      each.text('spec.storageClassName'),
      each.text('spec.volumeAttributesClassName') || '<unset>',
      each.age(),
      each.text('spec.volumeMode', 'Filesystem'),
    ],
  ),
  '/persistentvolumes': tablePrinter(
    'Name|Capacity|Access Modes|Reclaim Policy|Status|Claim|StorageClass|VolumeAttributesClass|Reason|Age|VolumeMode!',
    (each) => [
      each.text('spec.capacity.storage'),
      modesOf(each, 'spec.accessModes'),
      each.text('spec.persistentVolumeReclaimPolicy', 'Retain'),
      each.at('metadata.deletionTimestamp') === undefined ? each.text('status.phase', 'Pending') : 'Terminating',
      each.at('spec.claimRef') === undefined
        ? ''
        : `${each.text('spec.claimRef.namespace')}/${each.text('spec.claimRef.name')}`,
      each.text('spec.storageClassName'),
      each.text('spec.volumeAttributesClassName') || '<unset>',
      each.text('status.reason'),
      each.age(),
      each.text('spec.volumeMode', 'Filesystem'),
    ],
  ),
  'networking.k8s.io/ingresses': tablePrinter('Name|Class|Hosts|Address|Ports|Age', (each) => {
    const hosts = each.each('spec.rules').map((rule) => rule.text('host') || '*');
    const addresses = each
      .each('status.loadBalancer.ingress')
      .map((point) => point.text('ip') || point.text('hostname'));
    const more = hosts.length > 3 ? ` + ${hosts.length - 3} more...` : '';
    return [
      each.text('spec.ingressClassName') || '<none>',
      hosts.length === 0 ? '*' : `${hosts.slice(0, 3).join(',')}${more}`,
      addresses.join(','),
      each.size('spec.tls') > 0 ? '80, 443' : '80',
      each.age(),
    ];
  }),
  'networking.k8s.io/networkpolicies': tablePrinter('Name|Pod-Selector|Age', (each) => [
    each.selector('spec.podSelector'),
    each.age(),
  ]),
  'networking.k8s.io/ingressclasses': tablePrinter('Name|Controller|Parameters|Age', (each) => [
    each.text('spec.controller'),
    each.at('spec.parameters') === undefined
      ? '<none>'
      : `${[each.text('spec.parameters.kind'), each.text('spec.parameters.apiGroup')].filter(Boolean).join('.')}/${each.text('spec.parameters.name')}`,
    each.age(),
  ]),
  'rbac.authorization.k8s.io/rolebindings': bindingPrinter(),
  'rbac.authorization.k8s.io/clusterrolebindings': bindingPrinter(),
  'storage.k8s.io/storageclasses': tablePrinter(
    'Name|Provisioner|ReclaimPolicy|VolumeBindingMode|AllowVolumeExpansion|Age',
    (each) => [
      each.text('provisioner'),
      each.text('reclaimPolicy', 'Delete'),
      each.text('volumeBindingMode', 'Immediate'),
      each.text('allowVolumeExpansion', 'false'),
      each.age(),
    ],
  ),
  'coordination.k8s.io/leases': tablePrinter('Name|Holder|Age', (each) => [
    each.text('spec.holderIdentity'),
    each.age(),
  ]),
  'scheduling.k8s.io/priorityclasses': tablePrinter('Name|Value#|Global-Default?|Age|PreemptionPolicy', (each) => [
    each.number('value'),
    each.at('globalDefault') === true,
    each.age(),
    each.text('preemptionPolicy', 'PreemptLowerPriority'),
  ]),
  'node.k8s.io/runtimeclasses': tablePrinter('Name|Handler|Age', (each) => [each.text('handler'), each.age()]),
  'admissionregistration.k8s.io/mutatingwebhookconfigurations': webhooks,
  'admissionregistration.k8s.io/validatingwebhookconfigurations': webhooks,
};
