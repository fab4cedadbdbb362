// Runs a web server for each Website, reachable as a Service, and tells how it stands; README.md says how to try it:
// npx node --conditions=kuberx-source examples/website-operator/website-operator.ts
import { controllerFor, type ControllerRun, installCrd, type KubernetesObject, printable, type Raw } from 'kuberx';
import { setCondition, setOwner, sharedInformer, withFinalizer } from 'kuberx';
import { listWatch, loadKubeConfig, resourceClient } from 'kuberx/client-node';

interface WebsiteModel extends KubernetesObject {
  readonly spec: { readonly image: string; readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number; readonly conditions?: readonly object[] };
}
type Website = Raw<WebsiteModel>;

const kubeConfig = loadKubeConfig();
const owner = { fieldManager: 'website-operator' };
const names = { plural: 'websites', kind: 'Website' };
const fields = { image: { type: 'string' }, replicas: { type: 'integer', minimum: 0 } };
const spec = { type: 'object', required: ['image'], properties: fields };
const status = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
const schema = { openAPIV3Schema: { type: 'object', required: ['spec'], properties: { spec, status } } };
const version = { name: 'v1', served: true, storage: true, schema, subresources: { status: {} } };
const crd = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'websites.example.com' },
  spec: { group: 'example.com', names, scope: 'Namespaced', versions: [version] },
};
await installCrd(resourceClient(kubeConfig, 'apiextensions.k8s.io/v1/customresourcedefinitions'), crd, owner);

const websites = resourceClient<WebsiteModel>(kubeConfig, 'example.com/v1/websites');
const deployments = resourceClient(kubeConfig, 'apps/v1/deployments');
const services = resourceClient(kubeConfig, 'v1/services');

const controller = controllerFor(sharedInformer(listWatch<WebsiteModel>(kubeConfig, websites.resource)), {
  owns: [deployments, services].map(({ resource }) => sharedInformer(listWatch(kubeConfig, resource))),
  reconcile: withFinalizer('example.com/website', websites, { apply, cleanup }),
  concurrency: 4,
  ...owner,
});
controller.reports$.subscribe((report) => {
  const why = 'error' in report ? `: ${String(report.error)}; again in ${report.next} ms` : '';
  console.log(printable(`${report.key} ${report.type}${why}`));
});

async function apply(website: Website, { writer }: ControllerRun<Website>): Promise<void> {
  const { namespace, name } = website.metadata;
  const { image, replicas = 1 } = website.spec;
  const labels = { website: name };
  const containers = [{ name: 'web', image, ports: [{ containerPort: 80, protocol: 'TCP' }] }];
  const template = { metadata: { labels }, spec: { containers } };
  const owned = <S>(apiVersion: string, kind: string, spec: S) =>
    setOwner({ apiVersion, kind, metadata: { namespace, name, labels }, spec }, website);
  const deployment = owned('apps/v1', 'Deployment', { replicas, selector: { matchLabels: labels }, template });
  const service = owned('v1', 'Service', { selector: labels, ports: [{ port: 80, protocol: 'TCP' }] });
  const { status } = await writer(deployments).apply(deployment, { force: true });
  await writer(services).apply(service, { force: true });
  const readyReplicas = status?.readyReplicas ?? 0;
  const [isUp, message] = [readyReplicas >= replicas, `${readyReplicas} of ${replicas} replicas are ready`];
  await writer(websites).editStatus(website, (draft) => {
    draft.status = { ...draft.status, readyReplicas };
    setCondition(draft, { type: 'Ready', status: isUp ? 'True' : 'False', reason: isUp ? 'Up' : 'Starting', message });
  });
}

function cleanup({ metadata }: Website): void {
  console.log(printable(`${metadata.name}: taken off the load balancer`)); // what no garbage collector knows of
}
