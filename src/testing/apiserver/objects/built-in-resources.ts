import { metadataFields } from '../../../serving/served-resource.ts';

// Source: kubernetes `pkg/registry`, the strategies that set a generation of 1.
const withGeneration: ReadonlySet<string> = new Set([
  'v1/pods',
  'v1/podtemplates',
  'v1/replicationcontrollers',
  'admissionregistration.k8s.io/v1/mutatingadmissionpolicies',
  'admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings',
  'admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  'admissionregistration.k8s.io/v1/validatingadmissionpolicies',
  'admissionregistration.k8s.io/v1/validatingadmissionpolicybindings',
  'admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
  'apiextensions.k8s.io/v1/customresourcedefinitions',
  'apps/v1/daemonsets',
  'apps/v1/deployments',
  'apps/v1/replicasets',
  'apps/v1/statefulsets',
  'batch/v1/cronjobs',
  'batch/v1/jobs',
  'discovery.k8s.io/v1/endpointslices',
  'flowcontrol.apiserver.k8s.io/v1/flowschemas',
  'flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations',
  'networking.k8s.io/v1/ingressclasses',
  'networking.k8s.io/v1/ingresses',
  'networking.k8s.io/v1/networkpolicies',
  'policy/v1/poddisruptionbudgets',
  'resource.k8s.io/v1/deviceclasses',
  'resource.k8s.io/v1/resourceslices',
  'scheduling.k8s.io/v1/priorityclasses',
]);

/** Whether `metadata.generation` of a built-in resource, `apps/v1/deployments`, counts the changes of its spec. */
export function builtInHasGeneration(name: string): boolean {
  return withGeneration.has(name);
}

// The fields and the values of missing ones: kubernetes `pkg/apis/*/v1/conversion.go` and the registries' field sets.
const fieldTable = `
v1/events involvedObject.apiVersion involvedObject.fieldPath involvedObject.kind involvedObject.name \
involvedObject.namespace involvedObject.resourceVersion involvedObject.uid reason reportingComponent source type
v1/namespaces status.phase
v1/nodes spec.unschedulable=false
v1/pods spec.hostNetwork=false spec.nodeName spec.restartPolicy spec.schedulerName spec.serviceAccountName \
status.nominatedNodeName status.phase status.podIP
v1/replicationcontrollers status.replicas=0
v1/secrets type
v1/services spec.clusterIP spec.type
apps/v1/replicasets status.replicas=0
batch/v1/jobs status.successful=0
certificates.k8s.io/v1/certificatesigningrequests spec.signerName
events.k8s.io/v1/events reason regarding.apiVersion regarding.fieldPath regarding.kind regarding.name \
regarding.namespace regarding.resourceVersion regarding.uid reportingController type
`;

/** By which fields a built-in resource can be selected, with the value of a field that an object lacks. */
export const builtInFields: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map(
  fieldTable
    .trim()
    .split('\n')
    .map((line): [string, Readonly<Record<string, string>>] => {
      const [resource = '', ...fields] = line.split(' ');
      const entries = fields.map((field) => [field.split('=')[0] ?? '', field.split('=')[1] ?? '']);
      return [resource, { ...metadataFields, ...(Object.fromEntries(entries) as Record<string, string>) }];
    }),
);
