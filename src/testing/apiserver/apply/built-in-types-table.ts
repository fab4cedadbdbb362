// Written by `npm run resources`, from the OpenAPI documents of k8s.io/kubernetes v1.36.3.

/**
 * How objects of built-in resources are merged: a line for each type that has something special. After its name come its
 * members that are, or hold, something special: `[name,protocol=TCP]` a list whose items are known by these keys, with what a
 * missing one stands for, `[]` a set, `!` a map that is one value, or a list of such, `+` a struct that is always there, `*` a map of values,
 * `:` the type of the member, of its items, or of its values.
 */
export const builtInTypesTable = `
admissionregistration.k8s.io.v1.MutatingAdmissionPolicy spec+:admissionregistration.v1.MutatingAdmissionPolicySpec
admissionregistration.k8s.io.v1.MutatingAdmissionPolicyBinding spec+:admissionregistration.v1.MutatingAdmissionPolicyBindingSpec
admissionregistration.k8s.io.v1.MutatingWebhookConfiguration webhooks[name]:admissionregistration.v1.MutatingWebhook
admissionregistration.k8s.io.v1.ValidatingAdmissionPolicy spec+:admissionregistration.v1.ValidatingAdmissionPolicySpec status+:admissionregistration.v1.ValidatingAdmissionPolicyStatus
admissionregistration.k8s.io.v1.ValidatingAdmissionPolicyBinding spec+:admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec
admissionregistration.k8s.io.v1.ValidatingWebhookConfiguration webhooks[name]:admissionregistration.v1.ValidatingWebhook
admissionregistration.v1.MutatingAdmissionPolicyBindingSpec matchResources! paramRef!
admissionregistration.v1.MutatingAdmissionPolicySpec matchConditions[name] matchConstraints! paramKind!
admissionregistration.v1.MutatingWebhook clientConfig+ matchConditions[name] namespaceSelector! objectSelector!
admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec matchResources! paramRef! validationActions[]
admissionregistration.v1.ValidatingAdmissionPolicySpec matchConditions[name] matchConstraints! paramKind! variables[name]!
admissionregistration.v1.ValidatingAdmissionPolicyStatus conditions[type]
admissionregistration.v1.ValidatingWebhook clientConfig+ matchConditions[name] namespaceSelector! objectSelector!
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec names+
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus acceptedNames+ conditions[type]
apiextensions.k8s.io.v1.CustomResourceDefinition spec+:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec status+:apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus
apiregistration.k8s.io.v1.APIService spec+ status+:kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus
apps.v1.DaemonSet spec+:apps.v1.DaemonSetSpec status+:apps.v1.DaemonSetStatus
apps.v1.DaemonSetSpec selector! template+:core.v1.PodTemplateSpec updateStrategy+
apps.v1.DaemonSetStatus conditions[type]
apps.v1.Deployment spec+:apps.v1.DeploymentSpec status+:apps.v1.DeploymentStatus
apps.v1.DeploymentSpec selector! strategy+ template+:core.v1.PodTemplateSpec
apps.v1.DeploymentStatus conditions[type]
apps.v1.ReplicaSet spec+:apps.v1.ReplicaSetSpec status+:apps.v1.ReplicaSetStatus
apps.v1.ReplicaSetSpec selector! template+:core.v1.PodTemplateSpec
apps.v1.ReplicaSetStatus conditions[type]
apps.v1.StatefulSet spec+:apps.v1.StatefulSetSpec status+:apps.v1.StatefulSetStatus
apps.v1.StatefulSetSpec selector! template+:core.v1.PodTemplateSpec updateStrategy+
apps.v1.StatefulSetStatus conditions[type]
authentication.k8s.io.v1.SelfSubjectReview status+:authentication.v1.SelfSubjectReviewStatus
authentication.k8s.io.v1.TokenRequest spec+ status+
authentication.k8s.io.v1.TokenReview spec+ status+:authentication.v1.TokenReviewStatus
authentication.v1.SelfSubjectReviewStatus userInfo+
authentication.v1.TokenReviewStatus user+
authorization.k8s.io.v1.LocalSubjectAccessReview spec+ status+
authorization.k8s.io.v1.SelfSubjectAccessReview spec+ status+
authorization.k8s.io.v1.SelfSubjectRulesReview spec+ status+
authorization.k8s.io.v1.SubjectAccessReview spec+ status+
autoscaling.v1.HorizontalPodAutoscaler spec+:autoscaling.v1.HorizontalPodAutoscalerSpec status+
autoscaling.v1.HorizontalPodAutoscalerSpec scaleTargetRef+!
autoscaling.v1.Scale spec+ status+
autoscaling.v2.HorizontalPodAutoscaler spec+:autoscaling.v2.HorizontalPodAutoscalerSpec status+:autoscaling.v2.HorizontalPodAutoscalerStatus
autoscaling.v2.HorizontalPodAutoscalerSpec scaleTargetRef+
autoscaling.v2.HorizontalPodAutoscalerStatus conditions[type]
batch.v1.CronJob spec+:batch.v1.CronJobSpec status+
batch.v1.CronJobSpec jobTemplate+:batch.v1.JobTemplateSpec
batch.v1.Job spec+:batch.v1.JobSpec status+:batch.v1.JobStatus
batch.v1.JobSpec selector! template+:core.v1.PodTemplateSpec
batch.v1.JobStatus uncountedTerminatedPods:batch.v1.UncountedTerminatedPods
batch.v1.JobTemplateSpec metadata+:meta.ObjectMeta spec+:batch.v1.JobSpec
batch.v1.UncountedTerminatedPods failed[] succeeded[]
certificates.k8s.io.v1.CertificateSigningRequest spec+ status+:certificates.v1.CertificateSigningRequestStatus
certificates.v1.CertificateSigningRequestStatus conditions[type]
coordination.k8s.io.v1.Lease spec+
core.v1.Affinity nodeAffinity:core.v1.NodeAffinity
core.v1.Binding target+!
core.v1.CSIPersistentVolumeSource controllerExpandSecretRef! controllerPublishSecretRef! nodeExpandSecretRef! nodePublishSecretRef! nodeStageSecretRef!
core.v1.CSIVolumeSource nodePublishSecretRef!
core.v1.CephFSPersistentVolumeSource secretRef!
core.v1.CephFSVolumeSource secretRef!
core.v1.CinderPersistentVolumeSource secretRef!
core.v1.CinderVolumeSource secretRef!
core.v1.ComponentStatus conditions[type]
core.v1.Container env[name]:core.v1.EnvVar ports[containerPort,protocol=TCP] resources+:core.v1.ResourceRequirements volumeDevices[devicePath] volumeMounts[mountPath]
core.v1.EnvVar valueFrom:core.v1.EnvVarSource
core.v1.EnvVarSource configMapKeyRef! fieldRef! fileKeyRef! resourceFieldRef! secretKeyRef!
core.v1.EphemeralContainer env[name]:core.v1.EnvVar ports[containerPort,protocol=TCP] resources+:core.v1.ResourceRequirements volumeDevices[devicePath] volumeMounts[mountPath]
core.v1.EphemeralVolumeSource volumeClaimTemplate:core.v1.PersistentVolumeClaimTemplate
core.v1.Event involvedObject+! related! source+
core.v1.FlexPersistentVolumeSource secretRef!
core.v1.FlexVolumeSource secretRef!
core.v1.ISCSIPersistentVolumeSource secretRef!
core.v1.ISCSIVolumeSource secretRef!
core.v1.LimitRange spec+
core.v1.Namespace spec+ status+:core.v1.NamespaceStatus
core.v1.NamespaceStatus conditions[type]
core.v1.Node spec+:core.v1.NodeSpec status+:core.v1.NodeStatus
core.v1.NodeAffinity requiredDuringSchedulingIgnoredDuringExecution!
core.v1.NodeDaemonEndpoints kubeletEndpoint+
core.v1.NodeSpec podCIDRs[]
core.v1.NodeStatus addresses[type] conditions[type] daemonEndpoints+:core.v1.NodeDaemonEndpoints nodeInfo+
core.v1.PersistentVolume spec+:core.v1.PersistentVolumeSpec status+
core.v1.PersistentVolumeClaim spec+:core.v1.PersistentVolumeClaimSpec status+:core.v1.PersistentVolumeClaimStatus
core.v1.PersistentVolumeClaimSpec dataSource! resources+ selector!
core.v1.PersistentVolumeClaimStatus conditions[type]
core.v1.PersistentVolumeClaimTemplate metadata+:meta.ObjectMeta spec+:core.v1.PersistentVolumeClaimSpec
core.v1.PersistentVolumeSpec cephfs:core.v1.CephFSPersistentVolumeSource cinder:core.v1.CinderPersistentVolumeSource claimRef! csi:core.v1.CSIPersistentVolumeSource flexVolume:core.v1.FlexPersistentVolumeSource iscsi:core.v1.ISCSIPersistentVolumeSource nodeAffinity:core.v1.VolumeNodeAffinity rbd:core.v1.RBDPersistentVolumeSource scaleIO:core.v1.ScaleIOPersistentVolumeSource storageos:core.v1.StorageOSPersistentVolumeSource
core.v1.Pod spec+:core.v1.PodSpec status+:core.v1.PodStatus
core.v1.PodSpec affinity:core.v1.Affinity containers[name]:core.v1.Container ephemeralContainers[name]:core.v1.EphemeralContainer hostAliases[ip] imagePullSecrets[name]! initContainers[name]:core.v1.Container nodeSelector! resourceClaims[name] resources:core.v1.ResourceRequirements schedulingGates[name] topologySpreadConstraints[topologyKey,whenUnsatisfiable]:core.v1.TopologySpreadConstraint volumes[name]:core.v1.Volume
core.v1.PodStatus conditions[type] podIPs[ip] resourceClaimStatuses[name] resources:core.v1.ResourceRequirements
core.v1.PodTemplate template+:core.v1.PodTemplateSpec
core.v1.PodTemplateSpec metadata+:meta.ObjectMeta spec+:core.v1.PodSpec
core.v1.RBDPersistentVolumeSource secretRef!
core.v1.RBDVolumeSource secretRef!
core.v1.ReplicationController spec+:core.v1.ReplicationControllerSpec status+:core.v1.ReplicationControllerStatus
core.v1.ReplicationControllerSpec selector! template:core.v1.PodTemplateSpec
core.v1.ReplicationControllerStatus conditions[type]
core.v1.ResourceQuota spec+:core.v1.ResourceQuotaSpec status+
core.v1.ResourceQuotaSpec scopeSelector!
core.v1.ResourceRequirements claims[name]
core.v1.ScaleIOPersistentVolumeSource secretRef!
core.v1.ScaleIOVolumeSource secretRef!
core.v1.Service spec+:core.v1.ServiceSpec status+:core.v1.ServiceStatus
core.v1.ServiceAccount secrets[name]!
core.v1.ServiceSpec ports[port,protocol=TCP] selector!
core.v1.ServiceStatus conditions[type] loadBalancer+
core.v1.StorageOSPersistentVolumeSource secretRef!
core.v1.StorageOSVolumeSource secretRef!
core.v1.TopologySpreadConstraint labelSelector!
core.v1.Volume cephfs:core.v1.CephFSVolumeSource cinder:core.v1.CinderVolumeSource csi:core.v1.CSIVolumeSource ephemeral:core.v1.EphemeralVolumeSource flexVolume:core.v1.FlexVolumeSource iscsi:core.v1.ISCSIVolumeSource rbd:core.v1.RBDVolumeSource scaleIO:core.v1.ScaleIOVolumeSource storageos:core.v1.StorageOSVolumeSource
core.v1.VolumeNodeAffinity required!
events.k8s.io.v1.Event deprecatedSource+ regarding+! related!
flowcontrol.apiserver.k8s.io.v1.FlowSchema spec+:flowcontrol.v1.FlowSchemaSpec status+:flowcontrol.v1.FlowSchemaStatus
flowcontrol.apiserver.k8s.io.v1.PriorityLevelConfiguration spec+:flowcontrol.v1.PriorityLevelConfigurationSpec status+:flowcontrol.v1.PriorityLevelConfigurationStatus
flowcontrol.v1.FlowSchemaSpec priorityLevelConfiguration+
flowcontrol.v1.FlowSchemaStatus conditions[type]
flowcontrol.v1.LimitedPriorityLevelConfiguration limitResponse+
flowcontrol.v1.PriorityLevelConfigurationSpec limited:flowcontrol.v1.LimitedPriorityLevelConfiguration
flowcontrol.v1.PriorityLevelConfigurationStatus conditions[type]
kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus conditions[type]
meta.ObjectMeta finalizers[] ownerReferences[uid]!
networking.k8s.io.v1.IPAddress spec+
networking.k8s.io.v1.Ingress spec+:networking.v1.IngressSpec status+:networking.v1.IngressStatus
networking.k8s.io.v1.IngressClass spec+
networking.k8s.io.v1.NetworkPolicy spec+:networking.v1.NetworkPolicySpec
networking.k8s.io.v1.ServiceCIDR spec+ status+:networking.v1.ServiceCIDRStatus
networking.v1.IngressBackend resource! service:networking.v1.IngressServiceBackend
networking.v1.IngressServiceBackend port+!
networking.v1.IngressSpec defaultBackend:networking.v1.IngressBackend
networking.v1.IngressStatus loadBalancer+
networking.v1.NetworkPolicySpec podSelector+!
networking.v1.ServiceCIDRStatus conditions[type]
node.k8s.io.v1.RuntimeClass scheduling:node.v1.Scheduling
node.v1.Scheduling nodeSelector!
policy.v1.PodDisruptionBudget spec+:policy.v1.PodDisruptionBudgetSpec status+:policy.v1.PodDisruptionBudgetStatus
policy.v1.PodDisruptionBudgetSpec selector!
policy.v1.PodDisruptionBudgetStatus conditions[type]
rbac.authorization.k8s.io.v1.ClusterRoleBinding roleRef+!
rbac.authorization.k8s.io.v1.RoleBinding roleRef+!
resource.k8s.io.v1.DeviceClass spec+
resource.k8s.io.v1.ResourceClaim spec+:resource.v1.ResourceClaimSpec status+:resource.v1.ResourceClaimStatus
resource.k8s.io.v1.ResourceClaimTemplate spec+:resource.v1.ResourceClaimTemplateSpec
resource.k8s.io.v1.ResourceSlice spec+:resource.v1.ResourceSliceSpec
resource.v1.AllocatedDeviceStatus conditions[type]
resource.v1.AllocationResult devices+ nodeSelector!
resource.v1.ResourceClaimSpec devices+
resource.v1.ResourceClaimStatus allocation:resource.v1.AllocationResult devices[driver,device,pool,shareID]:resource.v1.AllocatedDeviceStatus reservedFor[uid]
resource.v1.ResourceClaimTemplateSpec metadata+:meta.ObjectMeta spec+:resource.v1.ResourceClaimSpec
resource.v1.ResourceSliceSpec nodeSelector! pool+
storage.k8s.io.v1.CSIDriver spec+:storage.v1.CSIDriverSpec
storage.k8s.io.v1.CSINode spec+:storage.v1.CSINodeSpec
storage.k8s.io.v1.CSIStorageCapacity nodeTopology!
storage.k8s.io.v1.VolumeAttachment spec+:storage.v1.VolumeAttachmentSpec status+
storage.v1.CSIDriverSpec volumeLifecycleModes[]
storage.v1.CSINodeSpec drivers[name]
storage.v1.VolumeAttachmentSource inlineVolumeSpec:core.v1.PersistentVolumeSpec
storage.v1.VolumeAttachmentSpec source+:storage.v1.VolumeAttachmentSource
`;
