import { versionRank } from './version-rank.ts';

/** A resource that Kubernetes has of its own. */
export interface BuiltInName {
  /** `v1/pods`, `apps/v1/deployments`. */
  readonly name: string;
  readonly namespaced: boolean;
}

// Resource, kind; C: cluster-scoped; short names. Plurals, kinds and scopes are those of client-node's requests, which a
// spec compares; short names those of the registries of Kubernetes 1.36 (`ShortNames` in pkg/registry).
const table = `
v1/configmaps ConfigMap cm
v1/endpoints Endpoints ep
v1/events Event ev
v1/limitranges LimitRange limits
v1/namespaces Namespace C ns
v1/nodes Node C no
v1/persistentvolumeclaims PersistentVolumeClaim pvc
v1/persistentvolumes PersistentVolume C pv
v1/pods Pod po
v1/podtemplates PodTemplate
v1/replicationcontrollers ReplicationController rc
v1/resourcequotas ResourceQuota quota
v1/secrets Secret
v1/serviceaccounts ServiceAccount sa
v1/services Service svc
admissionregistration.k8s.io/v1/mutatingadmissionpolicies MutatingAdmissionPolicy C
admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding C
admissionregistration.k8s.io/v1/mutatingwebhookconfigurations MutatingWebhookConfiguration C
admissionregistration.k8s.io/v1/validatingadmissionpolicies ValidatingAdmissionPolicy C
admissionregistration.k8s.io/v1/validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding C
admissionregistration.k8s.io/v1/validatingwebhookconfigurations ValidatingWebhookConfiguration C
admissionregistration.k8s.io/v1alpha1/mutatingadmissionpolicies MutatingAdmissionPolicy C
admissionregistration.k8s.io/v1alpha1/mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding C
admissionregistration.k8s.io/v1beta1/mutatingadmissionpolicies MutatingAdmissionPolicy C
admissionregistration.k8s.io/v1beta1/mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding C
apiextensions.k8s.io/v1/customresourcedefinitions CustomResourceDefinition C crd crds
apiregistration.k8s.io/v1/apiservices APIService C
apps/v1/controllerrevisions ControllerRevision
apps/v1/daemonsets DaemonSet ds
apps/v1/deployments Deployment deploy
apps/v1/replicasets ReplicaSet rs
apps/v1/statefulsets StatefulSet sts
autoscaling/v1/horizontalpodautoscalers HorizontalPodAutoscaler hpa
autoscaling/v2/horizontalpodautoscalers HorizontalPodAutoscaler hpa
batch/v1/cronjobs CronJob cj
batch/v1/jobs Job
certificates.k8s.io/v1/certificatesigningrequests CertificateSigningRequest C csr
certificates.k8s.io/v1alpha1/clustertrustbundles ClusterTrustBundle C
certificates.k8s.io/v1beta1/clustertrustbundles ClusterTrustBundle C
certificates.k8s.io/v1beta1/podcertificaterequests PodCertificateRequest
coordination.k8s.io/v1/leases Lease
coordination.k8s.io/v1alpha2/leasecandidates LeaseCandidate
coordination.k8s.io/v1beta1/leasecandidates LeaseCandidate
discovery.k8s.io/v1/endpointslices EndpointSlice
events.k8s.io/v1/events Event ev
flowcontrol.apiserver.k8s.io/v1/flowschemas FlowSchema C
flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations PriorityLevelConfiguration C
internal.apiserver.k8s.io/v1alpha1/storageversions StorageVersion C
networking.k8s.io/v1/ingressclasses IngressClass C
networking.k8s.io/v1/ingresses Ingress ing
networking.k8s.io/v1/ipaddresses IPAddress C ip
networking.k8s.io/v1/networkpolicies NetworkPolicy netpol
networking.k8s.io/v1/servicecidrs ServiceCIDR C
networking.k8s.io/v1beta1/ipaddresses IPAddress C ip
networking.k8s.io/v1beta1/servicecidrs ServiceCIDR C
node.k8s.io/v1/runtimeclasses RuntimeClass C
policy/v1/poddisruptionbudgets PodDisruptionBudget pdb
rbac.authorization.k8s.io/v1/clusterrolebindings ClusterRoleBinding C
rbac.authorization.k8s.io/v1/clusterroles ClusterRole C
rbac.authorization.k8s.io/v1/rolebindings RoleBinding
rbac.authorization.k8s.io/v1/roles Role
resource.k8s.io/v1/deviceclasses DeviceClass C
resource.k8s.io/v1/resourceclaims ResourceClaim
resource.k8s.io/v1/resourceclaimtemplates ResourceClaimTemplate
resource.k8s.io/v1/resourceslices ResourceSlice C
resource.k8s.io/v1alpha3/devicetaintrules DeviceTaintRule C
resource.k8s.io/v1alpha3/resourcepoolstatusrequests ResourcePoolStatusRequest C
resource.k8s.io/v1beta1/deviceclasses DeviceClass C
resource.k8s.io/v1beta1/resourceclaims ResourceClaim
resource.k8s.io/v1beta1/resourceclaimtemplates ResourceClaimTemplate
resource.k8s.io/v1beta1/resourceslices ResourceSlice C
resource.k8s.io/v1beta2/deviceclasses DeviceClass C
resource.k8s.io/v1beta2/devicetaintrules DeviceTaintRule C
resource.k8s.io/v1beta2/resourceclaims ResourceClaim
resource.k8s.io/v1beta2/resourceclaimtemplates ResourceClaimTemplate
resource.k8s.io/v1beta2/resourceslices ResourceSlice C
scheduling.k8s.io/v1/priorityclasses PriorityClass C pc
scheduling.k8s.io/v1alpha2/podgroups PodGroup
scheduling.k8s.io/v1alpha2/workloads Workload
storage.k8s.io/v1/csidrivers CSIDriver C
storage.k8s.io/v1/csinodes CSINode C
storage.k8s.io/v1/csistoragecapacities CSIStorageCapacity
storage.k8s.io/v1/storageclasses StorageClass C sc
storage.k8s.io/v1/volumeattachments VolumeAttachment C
storage.k8s.io/v1/volumeattributesclasses VolumeAttributesClass C vac
storage.k8s.io/v1beta1/volumeattributesclasses VolumeAttributesClass C vac
storagemigration.k8s.io/v1beta1/storageversionmigrations StorageVersionMigration C
`;

interface Entry extends BuiltInName {
  readonly group: string;
  readonly version: string;
  /** By what it is called besides its full name, in lower case. */
  readonly words: readonly string[];
}

// The core group comes first, and of one group the version that a server prefers: `events` are those of `v1`.
const entries: readonly Entry[] = table
  .trim()
  .split('\n')
  .map(entryOf)
  .sort((a, b) => Number(a.group !== '') - Number(b.group !== '') || versionRank(b.version) - versionRank(a.version));

function entryOf(line: string): Entry {
  const [name = '', kind = '', ...rest] = line.split(' ');
  const parts = name.split('/');
  const namespaced = rest[0] !== 'C';
  const shortNames = namespaced ? rest : rest.slice(1);
  return {
    name,
    namespaced,
    group: parts.length === 3 ? (parts[0] ?? '') : '',
    version: parts.at(-2) ?? '',
    words: [parts.at(-1) ?? '', kind.toLowerCase(), ...shortNames],
  };
}

/**
 * The built-in resource of a full name, `undefined` where no resource of Kubernetes 1.36 has it. Lower case and plural only.
 *
 * ```ts
 * builtInByName('v1/nodes')?.namespaced; // false
 * ```
 */
export function builtInByName(name: string): BuiltInName | undefined {
  return found(entries.find((entry) => entry.name === name));
}

/**
 * The built-in resource that a word means to kubectl: a plural, a kind or a short name in lower case, of any group or of
 * the one that is named, in the version that is named or the one that a server prefers. `undefined` where none has it.
 *
 * ```ts
 * builtInByWord('deploy')?.name; // 'apps/v1/deployments'
 * ```
 */
export function builtInByWord(word: string, group?: string, version?: string): BuiltInName | undefined {
  const isIt = (entry: Entry): boolean =>
    entry.words.includes(word) &&
    (group ?? entry.group) === entry.group &&
    (version ?? entry.version) === entry.version;
  return found(entries.find(isIt));
}

/** All words for built-in resources, with the resource that each means. */
export function builtInWords(): ReadonlyMap<string, BuiltInName> {
  const words = new Map<string, BuiltInName>();
  for (const entry of entries)
    for (const word of entry.words)
      if (!words.has(word)) words.set(word, { name: entry.name, namespaced: entry.namespaced });
  return words;
}

function found(entry: Entry | undefined): BuiltInName | undefined {
  return entry && { name: entry.name, namespaced: entry.namespaced };
}
