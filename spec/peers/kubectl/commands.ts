import type { Command } from './command.ts';
import { dailyCommands } from './daily-commands.ts';

const names = { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList', shortNames: ['wd'] };

const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'widgets.peers.example.io' },
  spec: {
    group: 'peers.example.io',
    scope: 'Namespaced',
    names,
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
          { name: 'Ready', type: 'boolean', jsonPath: '.status.ready', priority: 1 },
          { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'A widget of some size.',
            properties: {
              spec: {
                type: 'object',
                properties: { size: { type: 'integer', minimum: 0, description: 'How large.' } },
              },
              status: { type: 'object', properties: { ready: { type: 'boolean' } } },
            },
          },
        },
      },
    ],
  },
};

function widget(size: number): object {
  return { apiVersion: 'peers.example.io/v1', kind: 'Widget', metadata: { name: 'w' }, spec: { size } };
}

function configMap(data: Readonly<Record<string, string>>): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', labels: { app: 'a' } }, data };
}

const container = { name: 'c', image: 'registry.example.io/image:1', ports: [{ containerPort: 80 }] };
const template = { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } };
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'd', labels: { app: 'a' } },
  spec: { replicas: 2, selector: { matchLabels: { app: 'a' } }, template },
};
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: template.spec };
const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { k: 'v' } };
const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels: { zone: 'z' } } };

/** What a controller's author needs first. */
const asked: readonly Command[] = [
  { line: 'api-resources' },
  { line: 'api-resources -o wide' },
  { line: 'api-resources --api-group=apps --no-headers' },
  { line: 'api-versions' },
  { line: 'get namespaces' },
  { line: 'get ns default -o yaml' },
  { line: 'get configmaps' },
  { line: 'apply --server-side -f -', input: [configMap({ k: '1' })] },
  { line: 'apply --server-side -f -', input: [configMap({ k: '1' }), secret] },
  { line: 'apply --server-side --field-manager=other -f -', input: [configMap({ k: '2' })] },
  { line: 'apply --server-side --field-manager=other --force-conflicts -f -', input: [configMap({ k: '2' })] },
  { line: 'apply --server-side --dry-run=server -f -', input: [configMap({ l: '3' })] },
  { line: 'get cm a' },
  { line: 'get cm a -o wide --show-labels' },
  { line: 'get cm a -o yaml' },
  { line: 'get cm a -o json --show-managed-fields' },
  { line: 'get cm -l app=a -o name' },
  { line: 'get cm -l app=b' },
  { line: 'get cm a -o jsonpath={.data.k}' },
  { line: 'get cm a -o custom-columns=NAME:.metadata.name,K:.data.k' },
  { line: 'get cm b' },
  { line: 'get nonsense' },
  { line: 'get secrets' },
  { line: 'apply --server-side -f -', input: [definition] },
  { line: 'wait --for=condition=Established crd/widgets.peers.example.io --timeout=20s' },
  { line: 'wait --for=condition=Never crd/widgets.peers.example.io --timeout=1s' },
  { line: 'get crd widgets.peers.example.io' },
  { line: 'get widgets' },
  { line: 'apply --server-side -f -', input: [widget(1)] },
  { line: 'apply --server-side -f -', input: [widget(-1)] },
  { line: 'get wd' },
  { line: 'get wd -o wide' },
  { line: 'get wd w -o yaml' },
];

/** What else people do. */
const others: readonly Command[] = [
  { line: 'apply -f -', input: [configMap({ k: '4' })] },
  { line: 'apply -f -', input: [configMap({ k: '4' })] },
  { line: 'diff -f -', input: [configMap({ k: '4' })] },
  { line: 'create -f -', input: [configMap({})] },
  { line: 'replace -f -', input: [configMap({ k: '5' })] },
  { line: 'label cm a x=y' },
  { line: 'annotate cm a note=something' },
  { line: `patch cm a --type=merge -p '{"data":{"m":"6"}}'` },
  { line: `patch cm a -p '{"data":{"k":null}}'` },
  { line: 'describe cm a' },
  { line: 'create -f - --dry-run=server -o yaml', input: [{ ...configMap({}), metadata: { name: 'dry' } }] },
  { line: 'create configmap made --from-literal=k=v' },
  { line: 'create secret generic made --from-literal=k=v' },
  { line: 'create namespace made' },
  { line: 'create serviceaccount made' },
  { line: 'create role made --verb=get --resource=pods' },
  { line: 'apply -f -', input: [deployment] },
  { line: 'get deploy' },
  { line: 'get deploy -o wide' },
  { line: 'scale deploy d --replicas=3' },
  { line: 'set image deploy/d c=registry.example.io/image:2' },
  { line: 'set env deploy/d K=v' },
  { line: 'rollout restart deploy/d' },
  { line: 'rollout pause deploy/d' },
  { line: 'rollout history deploy/d' },
  { line: 'expose deploy d --port=80 --cluster-ip=None' },
  { line: 'autoscale deploy d --max=5' },
  { line: 'get svc' },
  { line: 'get hpa' },
  { line: 'get all' },
  { line: 'describe deploy d' },
  { line: 'create -f -', input: [pod] },
  { line: 'run r --image=registry.example.io/image:1 --restart=Never' },
  { line: 'get pods' },
  { line: 'get pods -o wide' },
  { line: 'describe pod p' },
  { line: 'delete pod p --now' },
  { line: 'get pods -o name' },
  { line: 'explain widgets.spec' },
  { line: 'explain configmaps --api-version=v1', lacks: 'descriptions of built-in types' },
  { line: `patch wd w --type=merge --subresource=status -p '{"status":{"ready":true}}'` },
  { line: 'get wd w --subresource=status -o jsonpath={.status.ready}' },
  { line: 'wait --for=jsonpath={.status.ready}=true wd/w --timeout=5s' },
  { line: 'create -f -', input: [node] },
  { line: 'get nodes' },
  { line: 'cordon n' },
  { line: 'taint node n k=v:NoSchedule' },
  { line: 'auth can-i get pods', lacks: 'reviews of access' },
  { line: 'auth whoami -o name', lacks: 'reviews of access' },
  { line: 'get events' },
  { line: 'events' },
  { line: 'get --raw /readyz' },
  { line: 'get --raw /healthz?verbose', lacks: 'names of checks' },
  { line: 'delete cm a --wait=false' },
  { line: 'delete cm a' },
  { line: 'delete wd --all' },
  { line: 'delete crd widgets.peers.example.io' },
  { line: 'get widgets' },
  { line: 'delete ns made' },
  { line: 'wait --for=delete ns/made --timeout=5s' },
];

/** All of them, in order. */
export const commands: readonly Command[] = [...asked, ...others, ...dailyCommands];
