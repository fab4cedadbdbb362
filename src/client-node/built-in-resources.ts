import type {
  CoreV1Event,
  EventsV1Event,
  ResourceV1ResourceClaim,
  V1APIService,
  V1CSIDriver,
  V1CSINode,
  V1CSIStorageCapacity,
  V1CertificateSigningRequest,
  V1ClusterRole,
  V1ClusterRoleBinding,
  V1ConfigMap,
  V1ControllerRevision,
  V1CronJob,
  V1CustomResourceDefinition,
  V1DaemonSet,
  V1Deployment,
  V1DeviceClass,
  V1EndpointSlice,
  V1Endpoints,
  V1FlowSchema,
  V1HorizontalPodAutoscaler,
  V1IPAddress,
  V1Ingress,
  V1IngressClass,
  V1Job,
  V1Lease,
  V1LimitRange,
  V1MutatingAdmissionPolicy,
  V1MutatingAdmissionPolicyBinding,
  V1MutatingWebhookConfiguration,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDisruptionBudget,
  V1PodTemplate,
  V1PriorityClass,
  V1PriorityLevelConfiguration,
  V1ReplicaSet,
  V1ReplicationController,
  V1ResourceClaimTemplate,
  V1ResourceQuota,
  V1ResourceSlice,
  V1Role,
  V1RoleBinding,
  V1RuntimeClass,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1ServiceCIDR,
  V1StatefulSet,
  V1StorageClass,
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
  V1ValidatingWebhookConfiguration,
  V1VolumeAttachment,
  V1VolumeAttributesClass,
  V1alpha1ClusterTrustBundle,
  V1alpha1MutatingAdmissionPolicy,
  V1alpha1MutatingAdmissionPolicyBinding,
  V1alpha1StorageVersion,
  V1alpha2LeaseCandidate,
  V1alpha2PodGroup,
  V1alpha2Workload,
  V1alpha3DeviceTaintRule,
  V1alpha3ResourcePoolStatusRequest,
  V1beta1ClusterTrustBundle,
  V1beta1DeviceClass,
  V1beta1IPAddress,
  V1beta1LeaseCandidate,
  V1beta1MutatingAdmissionPolicy,
  V1beta1MutatingAdmissionPolicyBinding,
  V1beta1PodCertificateRequest,
  V1beta1ResourceClaim,
  V1beta1ResourceClaimTemplate,
  V1beta1ResourceSlice,
  V1beta1ServiceCIDR,
  V1beta1StorageVersionMigration,
  V1beta1VolumeAttributesClass,
  V1beta2DeviceClass,
  V1beta2DeviceTaintRule,
  V1beta2ResourceClaim,
  V1beta2ResourceClaimTemplate,
  V1beta2ResourceSlice,
  V2HorizontalPodAutoscaler,
} from '@kubernetes/client-node';

/**
 * The resources of client-node's models, by their names. A spec derives this table from client-node's own requests.
 * `v1/componentstatuses` is left out: it has no versions, so it cannot be watched.
 */
export interface BuiltInResources {
  readonly 'admissionregistration.k8s.io/v1/mutatingadmissionpolicies': V1MutatingAdmissionPolicy;
  readonly 'admissionregistration.k8s.io/v1/mutatingadmissionpolicybindings': V1MutatingAdmissionPolicyBinding;
  readonly 'admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': V1MutatingWebhookConfiguration;
  readonly 'admissionregistration.k8s.io/v1/validatingadmissionpolicies': V1ValidatingAdmissionPolicy;
  readonly 'admissionregistration.k8s.io/v1/validatingadmissionpolicybindings': V1ValidatingAdmissionPolicyBinding;
  readonly 'admissionregistration.k8s.io/v1/validatingwebhookconfigurations': V1ValidatingWebhookConfiguration;
  readonly 'admissionregistration.k8s.io/v1alpha1/mutatingadmissionpolicies': V1alpha1MutatingAdmissionPolicy;
  readonly 'admissionregistration.k8s.io/v1alpha1/mutatingadmissionpolicybindings': V1alpha1MutatingAdmissionPolicyBinding;
  readonly 'admissionregistration.k8s.io/v1beta1/mutatingadmissionpolicies': V1beta1MutatingAdmissionPolicy;
  readonly 'admissionregistration.k8s.io/v1beta1/mutatingadmissionpolicybindings': V1beta1MutatingAdmissionPolicyBinding;
  readonly 'apiextensions.k8s.io/v1/customresourcedefinitions': V1CustomResourceDefinition;
  readonly 'apiregistration.k8s.io/v1/apiservices': V1APIService;
  readonly 'apps/v1/controllerrevisions': V1ControllerRevision;
  readonly 'apps/v1/daemonsets': V1DaemonSet;
  readonly 'apps/v1/deployments': V1Deployment;
  readonly 'apps/v1/replicasets': V1ReplicaSet;
  readonly 'apps/v1/statefulsets': V1StatefulSet;
  readonly 'autoscaling/v1/horizontalpodautoscalers': V1HorizontalPodAutoscaler;
  readonly 'autoscaling/v2/horizontalpodautoscalers': V2HorizontalPodAutoscaler;
  readonly 'batch/v1/cronjobs': V1CronJob;
  readonly 'batch/v1/jobs': V1Job;
  readonly 'certificates.k8s.io/v1/certificatesigningrequests': V1CertificateSigningRequest;
  readonly 'certificates.k8s.io/v1alpha1/clustertrustbundles': V1alpha1ClusterTrustBundle;
  readonly 'certificates.k8s.io/v1beta1/clustertrustbundles': V1beta1ClusterTrustBundle;
  readonly 'certificates.k8s.io/v1beta1/podcertificaterequests': V1beta1PodCertificateRequest;
  readonly 'coordination.k8s.io/v1/leases': V1Lease;
  readonly 'coordination.k8s.io/v1alpha2/leasecandidates': V1alpha2LeaseCandidate;
  readonly 'coordination.k8s.io/v1beta1/leasecandidates': V1beta1LeaseCandidate;
  readonly 'discovery.k8s.io/v1/endpointslices': V1EndpointSlice;
  readonly 'events.k8s.io/v1/events': EventsV1Event;
  readonly 'flowcontrol.apiserver.k8s.io/v1/flowschemas': V1FlowSchema;
  readonly 'flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations': V1PriorityLevelConfiguration;
  readonly 'internal.apiserver.k8s.io/v1alpha1/storageversions': V1alpha1StorageVersion;
  readonly 'networking.k8s.io/v1/ingressclasses': V1IngressClass;
  readonly 'networking.k8s.io/v1/ingresses': V1Ingress;
  readonly 'networking.k8s.io/v1/ipaddresses': V1IPAddress;
  readonly 'networking.k8s.io/v1/networkpolicies': V1NetworkPolicy;
  readonly 'networking.k8s.io/v1/servicecidrs': V1ServiceCIDR;
  readonly 'networking.k8s.io/v1beta1/ipaddresses': V1beta1IPAddress;
  readonly 'networking.k8s.io/v1beta1/servicecidrs': V1beta1ServiceCIDR;
  readonly 'node.k8s.io/v1/runtimeclasses': V1RuntimeClass;
  readonly 'policy/v1/poddisruptionbudgets': V1PodDisruptionBudget;
  readonly 'rbac.authorization.k8s.io/v1/clusterrolebindings': V1ClusterRoleBinding;
  readonly 'rbac.authorization.k8s.io/v1/clusterroles': V1ClusterRole;
  readonly 'rbac.authorization.k8s.io/v1/rolebindings': V1RoleBinding;
  readonly 'rbac.authorization.k8s.io/v1/roles': V1Role;
  readonly 'resource.k8s.io/v1/deviceclasses': V1DeviceClass;
  readonly 'resource.k8s.io/v1/resourceclaims': ResourceV1ResourceClaim;
  readonly 'resource.k8s.io/v1/resourceclaimtemplates': V1ResourceClaimTemplate;
  readonly 'resource.k8s.io/v1/resourceslices': V1ResourceSlice;
  readonly 'resource.k8s.io/v1alpha3/devicetaintrules': V1alpha3DeviceTaintRule;
  readonly 'resource.k8s.io/v1alpha3/resourcepoolstatusrequests': V1alpha3ResourcePoolStatusRequest;
  readonly 'resource.k8s.io/v1beta1/deviceclasses': V1beta1DeviceClass;
  readonly 'resource.k8s.io/v1beta1/resourceclaims': V1beta1ResourceClaim;
  readonly 'resource.k8s.io/v1beta1/resourceclaimtemplates': V1beta1ResourceClaimTemplate;
  readonly 'resource.k8s.io/v1beta1/resourceslices': V1beta1ResourceSlice;
  readonly 'resource.k8s.io/v1beta2/deviceclasses': V1beta2DeviceClass;
  readonly 'resource.k8s.io/v1beta2/devicetaintrules': V1beta2DeviceTaintRule;
  readonly 'resource.k8s.io/v1beta2/resourceclaims': V1beta2ResourceClaim;
  readonly 'resource.k8s.io/v1beta2/resourceclaimtemplates': V1beta2ResourceClaimTemplate;
  readonly 'resource.k8s.io/v1beta2/resourceslices': V1beta2ResourceSlice;
  readonly 'scheduling.k8s.io/v1/priorityclasses': V1PriorityClass;
  readonly 'scheduling.k8s.io/v1alpha2/podgroups': V1alpha2PodGroup;
  readonly 'scheduling.k8s.io/v1alpha2/workloads': V1alpha2Workload;
  readonly 'storage.k8s.io/v1/csidrivers': V1CSIDriver;
  readonly 'storage.k8s.io/v1/csinodes': V1CSINode;
  readonly 'storage.k8s.io/v1/csistoragecapacities': V1CSIStorageCapacity;
  readonly 'storage.k8s.io/v1/storageclasses': V1StorageClass;
  readonly 'storage.k8s.io/v1/volumeattachments': V1VolumeAttachment;
  readonly 'storage.k8s.io/v1/volumeattributesclasses': V1VolumeAttributesClass;
  readonly 'storage.k8s.io/v1beta1/volumeattributesclasses': V1beta1VolumeAttributesClass;
  readonly 'storagemigration.k8s.io/v1beta1/storageversionmigrations': V1beta1StorageVersionMigration;
  readonly 'v1/configmaps': V1ConfigMap;
  readonly 'v1/endpoints': V1Endpoints;
  readonly 'v1/events': CoreV1Event;
  readonly 'v1/limitranges': V1LimitRange;
  readonly 'v1/namespaces': V1Namespace;
  readonly 'v1/nodes': V1Node;
  readonly 'v1/persistentvolumeclaims': V1PersistentVolumeClaim;
  readonly 'v1/persistentvolumes': V1PersistentVolume;
  readonly 'v1/pods': V1Pod;
  readonly 'v1/podtemplates': V1PodTemplate;
  readonly 'v1/replicationcontrollers': V1ReplicationController;
  readonly 'v1/resourcequotas': V1ResourceQuota;
  readonly 'v1/secrets': V1Secret;
  readonly 'v1/serviceaccounts': V1ServiceAccount;
  readonly 'v1/services': V1Service;
}

declare module 'kuberx' {
  // A program that imports this entry has them by name.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface ResourceTypes extends BuiltInResources {}
}
