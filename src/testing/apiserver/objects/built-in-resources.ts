import { metadataFields } from '../../../serving/served-resource.ts';

/** What the server knows about a resource without having seen an object of it. */
export interface ResourceRules {
  readonly kind: string;
  readonly namespaced: boolean;
  /** `metadata.generation` counts the changes of the spec. */
  readonly hasGeneration: boolean;
  /** Status is written through `/status` only, everything else through the object itself. */
  readonly hasStatus: boolean;
}

// Resource, kind; C: cluster-scoped, G: has a generation, S: has a status subresource.
const table = `
v1/bindings Binding
v1/configmaps ConfigMap
v1/endpoints Endpoints
v1/events Event
v1/limitranges LimitRange
v1/namespaces Namespace CS
v1/nodes Node CS
v1/persistentvolumeclaims PersistentVolumeClaim S
v1/persistentvolumes PersistentVolume CS
v1/pods Pod GS
v1/podtemplates PodTemplate G
v1/replicationcontrollers ReplicationController GS
v1/resourcequotas ResourceQuota S
v1/secrets Secret
v1/serviceaccounts ServiceAccount
v1/services Service S
admissionregistration.k8s.io/v1/mutatingwebhookconfigurations MutatingWebhookConfiguration CG
admissionregistration.k8s.io/v1/validatingadmissionpolicies ValidatingAdmissionPolicy CGS
admissionregistration.k8s.io/v1/validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding CG
admissionregistration.k8s.io/v1/validatingwebhookconfigurations ValidatingWebhookConfiguration CG
apiextensions.k8s.io/v1/customresourcedefinitions CustomResourceDefinition CGS
apiregistration.k8s.io/v1/apiservices APIService CS
apps/v1/controllerrevisions ControllerRevision
apps/v1/daemonsets DaemonSet GS
apps/v1/deployments Deployment GS
apps/v1/replicasets ReplicaSet GS
apps/v1/statefulsets StatefulSet GS
autoscaling/v1/horizontalpodautoscalers HorizontalPodAutoscaler S
autoscaling/v2/horizontalpodautoscalers HorizontalPodAutoscaler S
batch/v1/cronjobs CronJob GS
batch/v1/jobs Job GS
certificates.k8s.io/v1/certificatesigningrequests CertificateSigningRequest CS
coordination.k8s.io/v1/leases Lease
discovery.k8s.io/v1/endpointslices EndpointSlice G
events.k8s.io/v1/events Event
flowcontrol.apiserver.k8s.io/v1/flowschemas FlowSchema CGS
flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations PriorityLevelConfiguration CGS
networking.k8s.io/v1/ingressclasses IngressClass CG
networking.k8s.io/v1/ingresses Ingress GS
networking.k8s.io/v1/networkpolicies NetworkPolicy G
node.k8s.io/v1/runtimeclasses RuntimeClass C
policy/v1/poddisruptionbudgets PodDisruptionBudget GS
rbac.authorization.k8s.io/v1/clusterrolebindings ClusterRoleBinding C
rbac.authorization.k8s.io/v1/clusterroles ClusterRole C
rbac.authorization.k8s.io/v1/rolebindings RoleBinding
rbac.authorization.k8s.io/v1/roles Role
scheduling.k8s.io/v1/priorityclasses PriorityClass CG
storage.k8s.io/v1/csidrivers CSIDriver C
storage.k8s.io/v1/csinodes CSINode C
storage.k8s.io/v1/csistoragecapacities CSIStorageCapacity
storage.k8s.io/v1/storageclasses StorageClass C
storage.k8s.io/v1/volumeattachments VolumeAttachment CS
`;

/** The resources that every cluster serves, by name: `v1/pods`, `apps/v1/deployments`. */
export const builtInResources: ReadonlyMap<string, ResourceRules> = new Map(
  table
    .trim()
    .split('\n')
    .map((line): [string, ResourceRules] => {
      const [resource = '', kind = '', flags = ''] = line.split(' ');
      return [
        resource,
        {
          kind,
          namespaced: !flags.includes('C'),
          hasGeneration: flags.includes('G'),
          hasStatus: flags.includes('S'),
        },
      ];
    }),
);

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
