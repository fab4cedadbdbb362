// Written by `npm run resources`, from the Go types and the OpenAPI documents of k8s.io/kubernetes v1.36.3.

/**
 * Every type of what is served: its name, `%` where it is one value, `=` the kind that it is of, and its fields in the order of
 * their numbers in protobuf. After the name of a field come `*` a pointer, `?` left out of JSON where it is empty, `~` where it is
 * zero, `^` its own fields are those of JSON, `!` required, `%a` one value, `%g` not one value; `[]` a list, `[s]` a set, `[a]` a list
 * that is one value, `[m` and its keys; `{}` a map of texts; `:` its type; `@` its number where it is not the next one; `<` how a
 * strategic merge patch changes it, and by which key; `=` what stands for a missing one, as JSON. Of types, `s` is a text, `i` an int32,
 * `l` an int64, `b` a boolean, `d` a float64, `y` bytes, `q` a quantity, `o` an integer or a text, `t` a time, `m` a time of
 * microseconds, `f` a set of fields, `r` an object of any kind, `j` any JSON; `1`, `2` and `3` are a schema or
 * a list of them, a boolean, or texts.
 */
export const schemaTable = `
admissionregistration.v1.ApplyConfiguration expression?:s
admissionregistration.v1.AuditAnnotation key!:s valueExpression!:s
admissionregistration.v1.ExpressionWarning fieldRef!:s@2 warning!:s
admissionregistration.v1.JSONPatch expression?:s
admissionregistration.v1.MatchCondition name!:s expression!:s
admissionregistration.v1.MatchResources% namespaceSelector*?:meta.v1.LabelSelector objectSelector*?:meta.v1.LabelSelector resourceRules?[a]:.NamedRuleWithOperations excludeResourceRules?[a]:.NamedRuleWithOperations matchPolicy*?:s@7
admissionregistration.v1.MutatingAdmissionPolicy =admissionregistration.k8s.io/v1/MutatingAdmissionPolicy metadata?:meta.v1.ObjectMeta spec?:.MutatingAdmissionPolicySpec
admissionregistration.v1.MutatingAdmissionPolicyBinding =admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding metadata?:meta.v1.ObjectMeta spec?:.MutatingAdmissionPolicyBindingSpec
admissionregistration.v1.MutatingAdmissionPolicyBindingSpec policyName?:s paramRef*?:.ParamRef matchResources*?:.MatchResources
admissionregistration.v1.MutatingAdmissionPolicySpec paramKind*?:.ParamKind matchConstraints*?:.MatchResources variables?[a]:.Variable mutations?[a]:.Mutation failurePolicy*?:s matchConditions?[mname]:.MatchCondition<merge:name> reinvocationPolicy?:s
admissionregistration.v1.MutatingWebhook name!:s clientConfig!:.WebhookClientConfig rules?[a]:.RuleWithOperations failurePolicy*?:s namespaceSelector*?:meta.v1.LabelSelector sideEffects*!:s timeoutSeconds*?:i admissionReviewVersions![a]:s matchPolicy*?:s reinvocationPolicy*?:s objectSelector*?:meta.v1.LabelSelector matchConditions?[mname]:.MatchCondition<merge:name>
admissionregistration.v1.MutatingWebhookConfiguration =admissionregistration.k8s.io/v1/MutatingWebhookConfiguration metadata?:meta.v1.ObjectMeta webhooks?[mname]:.MutatingWebhook<merge:name>
admissionregistration.v1.Mutation patchType!:s@2 applyConfiguration*?:.ApplyConfiguration jsonPatch*?:.JSONPatch
admissionregistration.v1.NamedRuleWithOperations% resourceNames?[a]:s ^:.RuleWithOperations
admissionregistration.v1.ParamKind% apiVersion?:s kind?:s
admissionregistration.v1.ParamRef% name?:s namespace?:s selector*?:meta.v1.LabelSelector parameterNotFoundAction*?:s
admissionregistration.v1.Rule apiGroups?[a]:s apiVersions?[a]:s resources?[a]:s scope*?:s
admissionregistration.v1.RuleWithOperations operations?[a]:s ^:.Rule
admissionregistration.v1.ServiceReference namespace!:s name!:s path*?:s port*?:i
admissionregistration.v1.TypeChecking expressionWarnings?[a]:.ExpressionWarning
admissionregistration.v1.ValidatingAdmissionPolicy =admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy metadata?:meta.v1.ObjectMeta spec?:.ValidatingAdmissionPolicySpec status?:.ValidatingAdmissionPolicyStatus
admissionregistration.v1.ValidatingAdmissionPolicyBinding =admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding metadata?:meta.v1.ObjectMeta spec?!:.ValidatingAdmissionPolicyBindingSpec
admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec policyName?!:s paramRef*?:.ParamRef matchResources*?:.MatchResources validationActions?![s]:s
admissionregistration.v1.ValidatingAdmissionPolicySpec paramKind*?:.ParamKind matchConstraints*?:.MatchResources validations?[a]:.Validation failurePolicy*?:s auditAnnotations?[a]:.AuditAnnotation matchConditions?[mname]:.MatchCondition<merge:name> variables?[mname]:.Variable<merge:name>
admissionregistration.v1.ValidatingAdmissionPolicyStatus observedGeneration?:l typeChecking*?:.TypeChecking conditions?[mtype]:meta.v1.Condition
admissionregistration.v1.ValidatingWebhook name!:s clientConfig!:.WebhookClientConfig rules?[a]:.RuleWithOperations failurePolicy*?:s namespaceSelector*?:meta.v1.LabelSelector sideEffects*!:s timeoutSeconds*?:i admissionReviewVersions![a]:s matchPolicy*?:s objectSelector*?:meta.v1.LabelSelector matchConditions?[mname]:.MatchCondition<merge:name>
admissionregistration.v1.ValidatingWebhookConfiguration =admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration metadata?:meta.v1.ObjectMeta webhooks?[mname]:.ValidatingWebhook<merge:name>
admissionregistration.v1.Validation expression!:s message?:s reason*?:s messageExpression?:s
admissionregistration.v1.Variable% name!:s expression!:s
admissionregistration.v1.WebhookClientConfig service*?:.ServiceReference caBundle?:y url*?:s
apps.v1.ControllerRevision =apps/v1/ControllerRevision metadata?:meta.v1.ObjectMeta data?:r revision!:l
apps.v1.DaemonSet =apps/v1/DaemonSet metadata?:meta.v1.ObjectMeta spec?:.DaemonSetSpec status?:.DaemonSetStatus
apps.v1.DaemonSetCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
apps.v1.DaemonSetSpec selector*!:meta.v1.LabelSelector template!:core.v1.PodTemplateSpec updateStrategy?:.DaemonSetUpdateStrategy minReadySeconds?:i revisionHistoryLimit*?:i@6
apps.v1.DaemonSetStatus currentNumberScheduled!:i numberMisscheduled!:i desiredNumberScheduled!:i numberReady!:i observedGeneration?:l updatedNumberScheduled?:i numberAvailable?:i numberUnavailable?:i collisionCount*?:i conditions?[mtype]:.DaemonSetCondition<merge:type>
apps.v1.DaemonSetUpdateStrategy type?:s rollingUpdate*?:.RollingUpdateDaemonSet
apps.v1.Deployment =apps/v1/Deployment metadata?:meta.v1.ObjectMeta spec?:.DeploymentSpec status?:.DeploymentStatus
apps.v1.DeploymentCondition type!:s status!:s reason?:s@4 message?:s lastUpdateTime?:t lastTransitionTime?:t
apps.v1.DeploymentSpec replicas*?:i selector*!:meta.v1.LabelSelector template!:core.v1.PodTemplateSpec strategy?:.DeploymentStrategy<retainKeys> minReadySeconds?:i revisionHistoryLimit*?:i paused?:b progressDeadlineSeconds*?:i@9
apps.v1.DeploymentStatus observedGeneration?:l replicas?:i updatedReplicas?:i availableReplicas?:i unavailableReplicas?:i conditions?[mtype]:.DeploymentCondition<merge:type> readyReplicas?:i collisionCount*?:i terminatingReplicas*?:i
apps.v1.DeploymentStrategy type?:s rollingUpdate*?:.RollingUpdateDeployment
apps.v1.ReplicaSet =apps/v1/ReplicaSet metadata?:meta.v1.ObjectMeta spec?:.ReplicaSetSpec status?:.ReplicaSetStatus
apps.v1.ReplicaSetCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
apps.v1.ReplicaSetSpec replicas*?:i selector*!:meta.v1.LabelSelector template?:core.v1.PodTemplateSpec minReadySeconds?:i
apps.v1.ReplicaSetStatus replicas!:i fullyLabeledReplicas?:i observedGeneration?:l readyReplicas?:i availableReplicas?:i conditions?[mtype]:.ReplicaSetCondition<merge:type> terminatingReplicas*?:i
apps.v1.RollingUpdateDaemonSet maxUnavailable*?:o maxSurge*?:o
apps.v1.RollingUpdateDeployment maxUnavailable*?:o maxSurge*?:o
apps.v1.RollingUpdateStatefulSetStrategy partition*?:i maxUnavailable*?:o
apps.v1.StatefulSet =apps/v1/StatefulSet metadata?:meta.v1.ObjectMeta spec?:.StatefulSetSpec status?:.StatefulSetStatus
apps.v1.StatefulSetCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
apps.v1.StatefulSetOrdinals start:i
apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted?:s whenScaled?:s
apps.v1.StatefulSetSpec replicas*?:i selector*!:meta.v1.LabelSelector template!:core.v1.PodTemplateSpec volumeClaimTemplates?[a]:core.v1.PersistentVolumeClaim serviceName:s podManagementPolicy?:s updateStrategy?:.StatefulSetUpdateStrategy revisionHistoryLimit*?:i minReadySeconds?:i persistentVolumeClaimRetentionPolicy*?:.StatefulSetPersistentVolumeClaimRetentionPolicy ordinals*?:.StatefulSetOrdinals
apps.v1.StatefulSetStatus observedGeneration?:l replicas!:i readyReplicas?:i currentReplicas?:i updatedReplicas?:i currentRevision?:s updateRevision?:s collisionCount*?:i@9 conditions?[mtype]:.StatefulSetCondition<merge:type> availableReplicas:i
apps.v1.StatefulSetUpdateStrategy type?:s rollingUpdate*?:.RollingUpdateStatefulSetStrategy
authentication.v1.BoundObjectReference kind?:s apiVersion?:s name?:s uid?:s
authentication.v1.ExtraValue items^[]:s
authentication.v1.SelfSubjectReview =authentication.k8s.io/v1/SelfSubjectReview metadata?:meta.v1.ObjectMeta status?:.SelfSubjectReviewStatus
authentication.v1.SelfSubjectReviewStatus userInfo?:.UserInfo
authentication.v1.TokenRequest =authentication.k8s.io/v1/TokenRequest metadata?:meta.v1.ObjectMeta spec:.TokenRequestSpec status?:.TokenRequestStatus
authentication.v1.TokenRequestSpec audiences[a]:s boundObjectRef*:.BoundObjectReference@3 expirationSeconds*:l
authentication.v1.TokenRequestStatus token:s expirationTimestamp:t
authentication.v1.TokenReview =authentication.k8s.io/v1/TokenReview metadata?:meta.v1.ObjectMeta spec!:.TokenReviewSpec status?:.TokenReviewStatus
authentication.v1.TokenReviewSpec token?!:s audiences?[a]:s
authentication.v1.TokenReviewStatus authenticated?:b user?:.UserInfo error?:s audiences?[a]:s
authentication.v1.UserInfo username?:s uid?:s groups?[a]:s extra?{}:.ExtraValue
authorization.v1.ExtraValue items^[]:s
authorization.v1.FieldSelectorAttributes rawSelector?:s requirements?[a]:meta.v1.FieldSelectorRequirement
authorization.v1.LabelSelectorAttributes rawSelector?:s requirements?[a]:meta.v1.LabelSelectorRequirement
authorization.v1.LocalSubjectAccessReview =authorization.k8s.io/v1/LocalSubjectAccessReview metadata?:meta.v1.ObjectMeta spec!:.SubjectAccessReviewSpec status?:.SubjectAccessReviewStatus
authorization.v1.NonResourceAttributes path?:s verb?:s
authorization.v1.NonResourceRule verbs![a]:s nonResourceURLs?[a]:s
authorization.v1.ResourceAttributes namespace?:s verb?:s group?:s version?:s resource?:s subresource?:s name?:s fieldSelector*?:.FieldSelectorAttributes labelSelector*?:.LabelSelectorAttributes
authorization.v1.ResourceRule verbs![a]:s apiGroups?[a]:s resources?[a]:s resourceNames?[a]:s
authorization.v1.SelfSubjectAccessReview =authorization.k8s.io/v1/SelfSubjectAccessReview metadata?:meta.v1.ObjectMeta spec!:.SelfSubjectAccessReviewSpec status?:.SubjectAccessReviewStatus
authorization.v1.SelfSubjectAccessReviewSpec resourceAttributes*?:.ResourceAttributes nonResourceAttributes*?:.NonResourceAttributes
authorization.v1.SelfSubjectRulesReview =authorization.k8s.io/v1/SelfSubjectRulesReview metadata?:meta.v1.ObjectMeta spec!:.SelfSubjectRulesReviewSpec status?:.SubjectRulesReviewStatus
authorization.v1.SelfSubjectRulesReviewSpec namespace?:s
authorization.v1.SubjectAccessReview =authorization.k8s.io/v1/SubjectAccessReview metadata?:meta.v1.ObjectMeta spec!:.SubjectAccessReviewSpec status?:.SubjectAccessReviewStatus
authorization.v1.SubjectAccessReviewSpec resourceAttributes*?:.ResourceAttributes nonResourceAttributes*?:.NonResourceAttributes user?:s groups?[a]:s extra?{}:.ExtraValue uid?:s
authorization.v1.SubjectAccessReviewStatus allowed!:b reason?:s evaluationError?:s denied?:b
authorization.v1.SubjectRulesReviewStatus resourceRules![a]:.ResourceRule nonResourceRules![a]:.NonResourceRule incomplete!:b evaluationError?:s
autoscaling.v1.CrossVersionObjectReference% kind!:s name!:s apiVersion?:s
autoscaling.v1.HorizontalPodAutoscaler =autoscaling/v1/HorizontalPodAutoscaler metadata?:meta.v1.ObjectMeta spec?!:.HorizontalPodAutoscalerSpec status?:.HorizontalPodAutoscalerStatus
autoscaling.v1.HorizontalPodAutoscalerSpec scaleTargetRef!:.CrossVersionObjectReference minReplicas*?:i maxReplicas!:i targetCPUUtilizationPercentage*?:i
autoscaling.v1.HorizontalPodAutoscalerStatus observedGeneration*?:l lastScaleTime*?:t currentReplicas!:i desiredReplicas!:i currentCPUUtilizationPercentage*?:i
autoscaling.v1.Scale =autoscaling/v1/Scale metadata?:meta.v1.ObjectMeta spec?:.ScaleSpec status?:.ScaleStatus
autoscaling.v1.ScaleSpec replicas?:i=0
autoscaling.v1.ScaleStatus replicas!:i selector?:s
autoscaling.v2.ContainerResourceMetricSource name!:s target!:.MetricTarget container!:s
autoscaling.v2.ContainerResourceMetricStatus name!:s current!:.MetricValueStatus container!:s
autoscaling.v2.CrossVersionObjectReference kind!:s name!:s apiVersion?:s
autoscaling.v2.ExternalMetricSource metric!:.MetricIdentifier target!:.MetricTarget
autoscaling.v2.ExternalMetricStatus metric!:.MetricIdentifier current!:.MetricValueStatus
autoscaling.v2.HPAScalingPolicy type!:s value!:i periodSeconds!:i
autoscaling.v2.HPAScalingRules selectPolicy*?:s policies?[a]:.HPAScalingPolicy stabilizationWindowSeconds*?:i tolerance*?:q
autoscaling.v2.HorizontalPodAutoscaler =autoscaling/v2/HorizontalPodAutoscaler metadata?:meta.v1.ObjectMeta spec?!:.HorizontalPodAutoscalerSpec status?:.HorizontalPodAutoscalerStatus
autoscaling.v2.HorizontalPodAutoscalerBehavior scaleUp*?:.HPAScalingRules scaleDown*?:.HPAScalingRules
autoscaling.v2.HorizontalPodAutoscalerCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
autoscaling.v2.HorizontalPodAutoscalerSpec scaleTargetRef!:.CrossVersionObjectReference minReplicas*?:i maxReplicas!:i metrics?[a]:.MetricSpec behavior*?:.HorizontalPodAutoscalerBehavior
autoscaling.v2.HorizontalPodAutoscalerStatus observedGeneration*?:l lastScaleTime*?:t currentReplicas?:i desiredReplicas!:i currentMetrics[a]:.MetricStatus conditions?[mtype]:.HorizontalPodAutoscalerCondition<merge:type>
autoscaling.v2.MetricIdentifier name!:s selector*?:meta.v1.LabelSelector
autoscaling.v2.MetricSpec type!:s object*?:.ObjectMetricSource pods*?:.PodsMetricSource resource*?:.ResourceMetricSource external*?:.ExternalMetricSource containerResource*?:.ContainerResourceMetricSource@7
autoscaling.v2.MetricStatus type!:s object*?:.ObjectMetricStatus pods*?:.PodsMetricStatus resource*?:.ResourceMetricStatus external*?:.ExternalMetricStatus containerResource*?:.ContainerResourceMetricStatus@7
autoscaling.v2.MetricTarget type!:s value*?:q averageValue*?:q averageUtilization*?:i
autoscaling.v2.MetricValueStatus value*?:q averageValue*?:q averageUtilization*?:i
autoscaling.v2.ObjectMetricSource describedObject!:.CrossVersionObjectReference target!:.MetricTarget metric!:.MetricIdentifier
autoscaling.v2.ObjectMetricStatus metric!:.MetricIdentifier current!:.MetricValueStatus describedObject!:.CrossVersionObjectReference
autoscaling.v2.PodsMetricSource metric!:.MetricIdentifier target!:.MetricTarget
autoscaling.v2.PodsMetricStatus metric!:.MetricIdentifier current!:.MetricValueStatus
autoscaling.v2.ResourceMetricSource name!:s target!:.MetricTarget
autoscaling.v2.ResourceMetricStatus name!:s current!:.MetricValueStatus
batch.v1.CronJob =batch/v1/CronJob metadata?:meta.v1.ObjectMeta spec?!:.CronJobSpec status?:.CronJobStatus
batch.v1.CronJobSpec schedule!:s startingDeadlineSeconds*?:l concurrencyPolicy?:s suspend*?:b jobTemplate!:.JobTemplateSpec successfulJobsHistoryLimit*?:i failedJobsHistoryLimit*?:i timeZone*?:s
batch.v1.CronJobStatus active?[a]:core.v1.ObjectReference lastScheduleTime*?:t@4 lastSuccessfulTime*?:t
batch.v1.Job =batch/v1/Job metadata?:meta.v1.ObjectMeta spec?:.JobSpec status?:.JobStatus
batch.v1.JobCondition type!:s status!:s lastProbeTime?:t lastTransitionTime?:t reason?:s message?:s
batch.v1.JobSpec parallelism*?:i completions*?:i activeDeadlineSeconds*?:l selector*?:meta.v1.LabelSelector manualSelector*?:b template!:core.v1.PodTemplateSpec backoffLimit*?:i ttlSecondsAfterFinished*?:i completionMode*?:s suspend*?:b podFailurePolicy*?:.PodFailurePolicy backoffLimitPerIndex*?:i maxFailedIndexes*?:i podReplacementPolicy*?:s managedBy*?:s successPolicy*?:.SuccessPolicy
batch.v1.JobStatus conditions?[a]:.JobCondition<merge:type> startTime*?:t completionTime*?:t active?:i succeeded?:i failed?:i completedIndexes?:s uncountedTerminatedPods*?:.UncountedTerminatedPods ready*?:i failedIndexes*?:s terminating*?:i
batch.v1.JobTemplateSpec metadata?:meta.v1.ObjectMeta spec?:.JobSpec
batch.v1.PodFailurePolicy rules![a]:.PodFailurePolicyRule
batch.v1.PodFailurePolicyOnExitCodesRequirement containerName*?:s operator!:s values![s]:i
batch.v1.PodFailurePolicyOnPodConditionsPattern type!:s status:s
batch.v1.PodFailurePolicyRule action!:s onExitCodes*?:.PodFailurePolicyOnExitCodesRequirement onPodConditions?[a]:.PodFailurePolicyOnPodConditionsPattern
batch.v1.SuccessPolicy rules![a]:.SuccessPolicyRule
batch.v1.SuccessPolicyRule succeededIndexes*?:s succeededCount*?:i
batch.v1.UncountedTerminatedPods succeeded?[s]:s failed?[s]:s
certificates.v1.CertificateSigningRequest =certificates.k8s.io/v1/CertificateSigningRequest metadata?:meta.v1.ObjectMeta spec!:.CertificateSigningRequestSpec status?:.CertificateSigningRequestStatus
certificates.v1.CertificateSigningRequestCondition type!:s reason?:s message?:s lastUpdateTime?:t lastTransitionTime?:t status!:s
certificates.v1.CertificateSigningRequestSpec request!:y username?:s uid?:s groups?[a]:s usages?[a]:s extra?{}:.ExtraValue signerName!:s expirationSeconds*?:i
certificates.v1.CertificateSigningRequestStatus conditions?[mtype]:.CertificateSigningRequestCondition certificate?:y
certificates.v1.ExtraValue items^[]:s
coordination.v1.Lease =coordination.k8s.io/v1/Lease metadata?:meta.v1.ObjectMeta spec?:.LeaseSpec
coordination.v1.LeaseSpec holderIdentity*?:s leaseDurationSeconds*?:i acquireTime*?:m renewTime*?:m leaseTransitions*?:i strategy*?:s preferredHolder*?:s
core.v1.AWSElasticBlockStoreVolumeSource volumeID!:s fsType?:s partition?:i readOnly?:b
core.v1.Affinity nodeAffinity*?:.NodeAffinity podAffinity*?:.PodAffinity podAntiAffinity*?:.PodAntiAffinity
core.v1.AppArmorProfile type!:s localhostProfile*?:s
core.v1.AttachedVolume name!:s devicePath!:s
core.v1.AzureDiskVolumeSource diskName!:s diskURI!:s cachingMode*?:s="ReadWrite" fsType*?:s="ext4" readOnly*?:b=false kind*?:s="Shared"
core.v1.AzureFilePersistentVolumeSource secretName!:s shareName!:s readOnly?:b secretNamespace*:s
core.v1.AzureFileVolumeSource secretName!:s shareName!:s readOnly?:b
core.v1.Binding =v1/Binding metadata?:meta.v1.ObjectMeta target!:.ObjectReference
core.v1.CSIPersistentVolumeSource driver!:s volumeHandle!:s readOnly?:b fsType?:s volumeAttributes?{}:s controllerPublishSecretRef*?:.SecretReference nodeStageSecretRef*?:.SecretReference nodePublishSecretRef*?:.SecretReference controllerExpandSecretRef*?:.SecretReference nodeExpandSecretRef*?:.SecretReference
core.v1.CSIVolumeSource driver!:s readOnly*?:b fsType*?:s volumeAttributes?{}:s nodePublishSecretRef*?:.LocalObjectReference
core.v1.Capabilities add?[a]:s drop?[a]:s
core.v1.CephFSPersistentVolumeSource monitors![a]:s path?:s user?:s secretFile?:s secretRef*?:.SecretReference readOnly?:b
core.v1.CephFSVolumeSource monitors![a]:s path?:s user?:s secretFile?:s secretRef*?:.LocalObjectReference readOnly?:b
core.v1.CinderPersistentVolumeSource volumeID!:s fsType?:s readOnly?:b secretRef*?:.SecretReference
core.v1.CinderVolumeSource volumeID!:s fsType?:s readOnly?:b secretRef*?:.LocalObjectReference
core.v1.ClientIPConfig timeoutSeconds*?:i
core.v1.ClusterTrustBundleProjection name*?:s signerName*?:s labelSelector*?:meta.v1.LabelSelector path!:s optional*?:b
core.v1.ComponentCondition type!:s status!:s message?:s error?:s
core.v1.ComponentStatus =v1/ComponentStatus metadata?:meta.v1.ObjectMeta conditions?[mtype]:.ComponentCondition<merge:type>
core.v1.ConfigMap =v1/ConfigMap metadata?:meta.v1.ObjectMeta data?{}:s binaryData?{}:y immutable*?:b
core.v1.ConfigMapEnvSource ^:.LocalObjectReference optional*?:b
core.v1.ConfigMapKeySelector% ^:.LocalObjectReference key!:s optional*?:b
core.v1.ConfigMapNodeConfigSource namespace!:s name!:s uid?:s resourceVersion?:s kubeletConfigKey!:s
core.v1.ConfigMapProjection ^:.LocalObjectReference items?[a]:.KeyToPath optional*?:b@4
core.v1.ConfigMapVolumeSource ^:.LocalObjectReference items?[a]:.KeyToPath defaultMode*?:i optional*?:b
core.v1.Container name!:s image?:s command?[a]:s args?[a]:s workingDir?:s ports?[mcontainerPort,protocol]:.ContainerPort<merge:containerPort> env?[mname]:.EnvVar<merge:name> resources?:.ResourceRequirements volumeMounts?[mmountPath]:.VolumeMount<merge:mountPath> livenessProbe*?:.Probe readinessProbe*?:.Probe lifecycle*?:.Lifecycle terminationMessagePath?:s imagePullPolicy?:s securityContext*?:.SecurityContext stdin?:b stdinOnce?:b tty?:b envFrom?[a]:.EnvFromSource terminationMessagePolicy?:s volumeDevices?[mdevicePath]:.VolumeDevice<merge:devicePath> startupProbe*?:.Probe resizePolicy?[a]:.ContainerResizePolicy restartPolicy*?:s restartPolicyRules?[a]:.ContainerRestartRule
core.v1.ContainerExtendedResourceRequest containerName!:s resourceName!:s requestName!:s
core.v1.ContainerImage names[a]:s sizeBytes?:l
core.v1.ContainerPort name?:s hostPort?:i containerPort!:i protocol?:s="TCP" hostIP?:s
core.v1.ContainerResizePolicy resourceName!:s restartPolicy!:s
core.v1.ContainerRestartRule action?!:s exitCodes*?:.ContainerRestartRuleOnExitCodes
core.v1.ContainerRestartRuleOnExitCodes operator?!:s values?[s]:i
core.v1.ContainerState waiting*?:.ContainerStateWaiting running*?:.ContainerStateRunning terminated*?:.ContainerStateTerminated
core.v1.ContainerStateRunning startedAt?:t
core.v1.ContainerStateTerminated exitCode!:i signal?:i reason?:s message?:s startedAt?:t finishedAt?:t containerID?:s
core.v1.ContainerStateWaiting reason?:s message?:s
core.v1.ContainerStatus name!:s state?:.ContainerState lastState?:.ContainerState ready!:b restartCount!:i image!:s imageID!:s containerID?:s started*?:b allocatedResources?{}:q resources*?:.ResourceRequirements volumeMounts?[mmountPath]:.VolumeMountStatus<merge:mountPath> user*?:.ContainerUser allocatedResourcesStatus?[mname]:.ResourceStatus<merge:name> stopSignal*?:s
core.v1.ContainerUser linux*?:.LinuxContainerUser
core.v1.DaemonEndpoint Port!:i
core.v1.DownwardAPIProjection items?[a]:.DownwardAPIVolumeFile
core.v1.DownwardAPIVolumeFile path!:s fieldRef*?:.ObjectFieldSelector resourceFieldRef*?:.ResourceFieldSelector mode*?:i
core.v1.DownwardAPIVolumeSource items?[a]:.DownwardAPIVolumeFile defaultMode*?:i
core.v1.EmptyDirVolumeSource medium?:s sizeLimit*?:q
core.v1.EndpointAddress% ip!:s targetRef*?:.ObjectReference hostname?:s nodeName*?:s
core.v1.EndpointPort% name?:s port!:i protocol?:s appProtocol*?:s
core.v1.EndpointSubset addresses?[a]:.EndpointAddress notReadyAddresses?[a]:.EndpointAddress ports?[a]:.EndpointPort
core.v1.Endpoints =v1/Endpoints metadata?:meta.v1.ObjectMeta subsets?[a]:.EndpointSubset
core.v1.EnvFromSource prefix?:s configMapRef*?:.ConfigMapEnvSource secretRef*?:.SecretEnvSource
core.v1.EnvVar name!:s value?:s valueFrom*?:.EnvVarSource
core.v1.EnvVarSource fieldRef*?:.ObjectFieldSelector resourceFieldRef*?:.ResourceFieldSelector configMapKeyRef*?:.ConfigMapKeySelector secretKeyRef*?:.SecretKeySelector fileKeyRef*?:.FileKeySelector
core.v1.EphemeralContainer ^:.EphemeralContainerCommon targetContainerName?:s
core.v1.EphemeralContainerCommon name!:s image?:s command?[a]:s args?[a]:s workingDir?:s ports?[mcontainerPort,protocol]:.ContainerPort<merge:containerPort> env?[mname]:.EnvVar<merge:name> resources?:.ResourceRequirements volumeMounts?[mmountPath]:.VolumeMount<merge:mountPath> livenessProbe*?:.Probe readinessProbe*?:.Probe lifecycle*?:.Lifecycle terminationMessagePath?:s imagePullPolicy?:s securityContext*?:.SecurityContext stdin?:b stdinOnce?:b tty?:b envFrom?[a]:.EnvFromSource terminationMessagePolicy?:s volumeDevices?[mdevicePath]:.VolumeDevice<merge:devicePath> startupProbe*?:.Probe resizePolicy?[a]:.ContainerResizePolicy restartPolicy*?:s restartPolicyRules?[a]:.ContainerRestartRule
core.v1.EphemeralVolumeSource volumeClaimTemplate*?:.PersistentVolumeClaimTemplate
core.v1.Event =v1/Event metadata!:meta.v1.ObjectMeta involvedObject!:.ObjectReference reason?:s message?:s source?:.EventSource firstTimestamp?:t lastTimestamp?:t count?:i type?:s eventTime?:m series*?:.EventSeries action?:s related*?:.ObjectReference reportingComponent:s reportingInstance:s
core.v1.EventSeries count?:i lastObservedTime?:m
core.v1.EventSource component?:s host?:s
core.v1.ExecAction command?[a]:s
core.v1.FCVolumeSource targetWWNs?[a]:s lun*?:i fsType?:s readOnly?:b wwids?[a]:s
core.v1.FileKeySelector% volumeName!:s path!:s key!:s optional*?:b=false
core.v1.FlexPersistentVolumeSource driver!:s fsType?:s secretRef*?:.SecretReference readOnly?:b options?{}:s
core.v1.FlexVolumeSource driver!:s fsType?:s secretRef*?:.LocalObjectReference readOnly?:b options?{}:s
core.v1.FlockerVolumeSource datasetName?:s datasetUUID?:s
core.v1.GCEPersistentDiskVolumeSource pdName!:s fsType?:s partition?:i readOnly?:b
core.v1.GRPCAction port!:i service*:s=""
core.v1.GitRepoVolumeSource repository!:s revision?:s directory?:s
core.v1.GlusterfsPersistentVolumeSource endpoints!:s path!:s readOnly?:b endpointsNamespace*?:s
core.v1.GlusterfsVolumeSource endpoints!:s path!:s readOnly?:b
core.v1.HTTPGetAction path?:s port!:o host?:s scheme?:s httpHeaders?[a]:.HTTPHeader
core.v1.HTTPHeader name!:s value!:s
core.v1.HostAlias ip!:s hostnames?[a]:s
core.v1.HostIP ip!:s
core.v1.HostPathVolumeSource path!:s type*?:s
core.v1.ISCSIPersistentVolumeSource targetPortal!:s iqn!:s lun!:i iscsiInterface?:s="default" fsType?:s readOnly?:b portals?[a]:s chapAuthDiscovery?:b secretRef*?:.SecretReference@10 chapAuthSession?:b initiatorName*?:s
core.v1.ISCSIVolumeSource targetPortal!:s iqn!:s lun!:i iscsiInterface?:s="default" fsType?:s readOnly?:b portals?[a]:s chapAuthDiscovery?:b secretRef*?:.LocalObjectReference@10 chapAuthSession?:b initiatorName*?:s
core.v1.ImageVolumeSource reference?:s pullPolicy?:s
core.v1.ImageVolumeStatus imageRef?!:s
core.v1.KeyToPath key!:s path!:s mode*?:i
core.v1.Lifecycle postStart*?:.LifecycleHandler preStop*?:.LifecycleHandler stopSignal*?:s
core.v1.LifecycleHandler exec*?:.ExecAction httpGet*?:.HTTPGetAction tcpSocket*?:.TCPSocketAction sleep*?:.SleepAction
core.v1.LimitRange =v1/LimitRange metadata?:meta.v1.ObjectMeta spec?:.LimitRangeSpec
core.v1.LimitRangeItem type!:s max?{}:q min?{}:q default?{}:q defaultRequest?{}:q maxLimitRequestRatio?{}:q
core.v1.LimitRangeSpec limits![a]:.LimitRangeItem
core.v1.LinuxContainerUser uid!:l gid!:l supplementalGroups?[a]:l
core.v1.LoadBalancerIngress ip?:s hostname?:s ipMode*?:s ports?[a]:.PortStatus
core.v1.LoadBalancerStatus ingress?[a]:.LoadBalancerIngress
core.v1.LocalObjectReference% name?:s=""
core.v1.LocalVolumeSource path!:s fsType*?:s
core.v1.ModifyVolumeStatus targetVolumeAttributesClassName?:s status!:s
core.v1.NFSVolumeSource server!:s path!:s readOnly?:b
core.v1.Namespace =v1/Namespace metadata?:meta.v1.ObjectMeta spec?:.NamespaceSpec status?:.NamespaceStatus
core.v1.NamespaceCondition type!:s status!:s lastTransitionTime?:t@4 reason?:s message?:s
core.v1.NamespaceSpec finalizers?[a]:s
core.v1.NamespaceStatus phase?:s conditions?[mtype]:.NamespaceCondition<merge:type>
core.v1.Node =v1/Node metadata?:meta.v1.ObjectMeta spec?:.NodeSpec status?:.NodeStatus
core.v1.NodeAddress type!:s address!:s
core.v1.NodeAffinity requiredDuringSchedulingIgnoredDuringExecution*?:.NodeSelector preferredDuringSchedulingIgnoredDuringExecution?[a]:.PreferredSchedulingTerm
core.v1.NodeAllocatableResourceClaimStatus resourceClaimName!:s containers?[s]:s resources!{}:q
core.v1.NodeCondition type!:s status!:s lastHeartbeatTime?:t lastTransitionTime?:t reason?:s message?:s
core.v1.NodeConfigSource configMap*?:.ConfigMapNodeConfigSource@2
core.v1.NodeConfigStatus assigned*?:.NodeConfigSource active*?:.NodeConfigSource lastKnownGood*?:.NodeConfigSource error?:s
core.v1.NodeDaemonEndpoints kubeletEndpoint?:.DaemonEndpoint
core.v1.NodeFeatures supplementalGroupsPolicy*?:b
core.v1.NodeRuntimeHandler name:s features*?:.NodeRuntimeHandlerFeatures
core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts*?:b userNamespaces*?:b
core.v1.NodeSelector% nodeSelectorTerms![a]:.NodeSelectorTerm
core.v1.NodeSelectorRequirement key!:s operator!:s values?[a]:s
core.v1.NodeSelectorTerm% matchExpressions?[a]:.NodeSelectorRequirement matchFields?[a]:.NodeSelectorRequirement
core.v1.NodeSpec podCIDR?:s externalID?:s providerID?:s unschedulable?:b taints?[a]:.Taint configSource*?:.NodeConfigSource podCIDRs?[s]:s<merge>
core.v1.NodeStatus capacity?{}:q allocatable?{}:q phase?:s conditions?[mtype]:.NodeCondition<merge:type> addresses?[mtype]:.NodeAddress<merge:type> daemonEndpoints?:.NodeDaemonEndpoints nodeInfo?:.NodeSystemInfo images?[a]:.ContainerImage volumesInUse?[a]:s volumesAttached?[a]:.AttachedVolume config*?:.NodeConfigStatus runtimeHandlers?[a]:.NodeRuntimeHandler features*?:.NodeFeatures declaredFeatures?[a]:s
core.v1.NodeSwapStatus capacity*?:l
core.v1.NodeSystemInfo machineID!:s systemUUID!:s bootID!:s kernelVersion!:s osImage!:s containerRuntimeVersion!:s kubeletVersion!:s kubeProxyVersion!:s operatingSystem!:s architecture!:s swap*?:.NodeSwapStatus
core.v1.ObjectFieldSelector% apiVersion?:s fieldPath!:s
core.v1.ObjectReference% kind?:s namespace?:s name?:s uid?:s apiVersion?:s resourceVersion?:s fieldPath?:s
core.v1.PersistentVolume =v1/PersistentVolume metadata?:meta.v1.ObjectMeta spec?:.PersistentVolumeSpec status?:.PersistentVolumeStatus
core.v1.PersistentVolumeClaim =v1/PersistentVolumeClaim metadata?:meta.v1.ObjectMeta spec?:.PersistentVolumeClaimSpec status?:.PersistentVolumeClaimStatus
core.v1.PersistentVolumeClaimCondition type!:s status!:s lastProbeTime?:t lastTransitionTime?:t reason?:s message?:s
core.v1.PersistentVolumeClaimSpec accessModes?[a]:s resources?:.VolumeResourceRequirements volumeName?:s selector*?:meta.v1.LabelSelector storageClassName*?:s volumeMode*?:s dataSource*?:.TypedLocalObjectReference dataSourceRef*?:.TypedObjectReference volumeAttributesClassName*?:s
core.v1.PersistentVolumeClaimStatus phase?:s accessModes?[a]:s capacity?{}:q conditions?[mtype]:.PersistentVolumeClaimCondition<merge:type> allocatedResources?{}:q allocatedResourceStatuses?%g{}:s@7 currentVolumeAttributesClassName*?:s modifyVolumeStatus*?:.ModifyVolumeStatus
core.v1.PersistentVolumeClaimTemplate metadata?:meta.v1.ObjectMeta spec!:.PersistentVolumeClaimSpec
core.v1.PersistentVolumeClaimVolumeSource claimName!:s readOnly?:b
core.v1.PersistentVolumeSource gcePersistentDisk*?:.GCEPersistentDiskVolumeSource awsElasticBlockStore*?:.AWSElasticBlockStoreVolumeSource hostPath*?:.HostPathVolumeSource glusterfs*?:.GlusterfsPersistentVolumeSource nfs*?:.NFSVolumeSource rbd*?:.RBDPersistentVolumeSource iscsi*?:.ISCSIPersistentVolumeSource cinder*?:.CinderPersistentVolumeSource cephfs*?:.CephFSPersistentVolumeSource fc*?:.FCVolumeSource flocker*?:.FlockerVolumeSource flexVolume*?:.FlexPersistentVolumeSource azureFile*?:.AzureFilePersistentVolumeSource vsphereVolume*?:.VsphereVirtualDiskVolumeSource quobyte*?:.QuobyteVolumeSource azureDisk*?:.AzureDiskVolumeSource photonPersistentDisk*?:.PhotonPersistentDiskVolumeSource portworxVolume*?:.PortworxVolumeSource scaleIO*?:.ScaleIOPersistentVolumeSource local*?:.LocalVolumeSource storageos*?:.StorageOSPersistentVolumeSource csi*?:.CSIPersistentVolumeSource
core.v1.PersistentVolumeSpec capacity?{}:q ^:.PersistentVolumeSource accessModes?[a]:s claimRef*?%g:.ObjectReference persistentVolumeReclaimPolicy?:s storageClassName?:s mountOptions?[a]:s volumeMode*?:s nodeAffinity*?:.VolumeNodeAffinity volumeAttributesClassName*?:s
core.v1.PersistentVolumeStatus phase?:s message?:s reason?:s lastPhaseTransitionTime*?:t
core.v1.PhotonPersistentDiskVolumeSource pdID!:s fsType?:s
core.v1.Pod =v1/Pod metadata?:meta.v1.ObjectMeta spec?:.PodSpec status?:.PodStatus
core.v1.PodAffinity requiredDuringSchedulingIgnoredDuringExecution?[a]:.PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution?[a]:.WeightedPodAffinityTerm
core.v1.PodAffinityTerm labelSelector*?:meta.v1.LabelSelector namespaces?[a]:s topologyKey!:s namespaceSelector*?:meta.v1.LabelSelector matchLabelKeys?[a]:s mismatchLabelKeys?[a]:s
core.v1.PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution?[a]:.PodAffinityTerm preferredDuringSchedulingIgnoredDuringExecution?[a]:.WeightedPodAffinityTerm
core.v1.PodCertificateProjection signerName?!:s keyType?!:s maxExpirationSeconds*?:i credentialBundlePath?:s keyPath?:s certificateChainPath?:s userAnnotations?{}:s
core.v1.PodCondition type!:s status!:s lastProbeTime?:t lastTransitionTime?:t reason?:s message?:s observedGeneration?:l
core.v1.PodDNSConfig nameservers?[a]:s searches?[a]:s options?[a]:.PodDNSConfigOption
core.v1.PodDNSConfigOption name?:s value*?:s
core.v1.PodExtendedResourceClaimStatus requestMappings![a]:.ContainerExtendedResourceRequest resourceClaimName!:s
core.v1.PodIP ip!:s
core.v1.PodOS name!:s
core.v1.PodReadinessGate conditionType!:s
core.v1.PodResourceClaim name!:s resourceClaimName*?:s@3 resourceClaimTemplateName*?:s
core.v1.PodResourceClaimStatus name!:s resourceClaimName*?:s
core.v1.PodSchedulingGate name!:s
core.v1.PodSchedulingGroup podGroupName*?:s
core.v1.PodSecurityContext seLinuxOptions*?:.SELinuxOptions runAsUser*?:l runAsNonRoot*?:b supplementalGroups?[a]:l fsGroup*?:l runAsGroup*?:l sysctls?[a]:.Sysctl windowsOptions*?:.WindowsSecurityContextOptions fsGroupChangePolicy*?:s seccompProfile*?:.SeccompProfile appArmorProfile*?:.AppArmorProfile supplementalGroupsPolicy*?:s seLinuxChangePolicy*?:s
core.v1.PodSpec volumes?[mname]:.Volume<merge,retainKeys:name> containers![mname]:.Container<merge:name> restartPolicy?:s terminationGracePeriodSeconds*?:l activeDeadlineSeconds*?:l dnsPolicy?:s nodeSelector?%a{}:s serviceAccountName?:s serviceAccount?:s nodeName?:s hostNetwork?:b hostPID?:b hostIPC?:b securityContext*?:.PodSecurityContext imagePullSecrets?[mname]:.LocalObjectReference<merge:name> hostname?:s subdomain?:s affinity*?:.Affinity schedulerName?:s initContainers?[mname]:.Container<merge:name> automountServiceAccountToken*?:b tolerations?[a]:.Toleration hostAliases?[mip]:.HostAlias<merge:ip> priorityClassName?:s priority*?:i dnsConfig*?:.PodDNSConfig shareProcessNamespace*?:b readinessGates?[a]:.PodReadinessGate runtimeClassName*?:s enableServiceLinks*?:b preemptionPolicy*?:s overhead?{}:q topologySpreadConstraints?[mtopologyKey,whenUnsatisfiable]:.TopologySpreadConstraint<merge:topologyKey> ephemeralContainers?[mname]:.EphemeralContainer<merge:name> setHostnameAsFQDN*?:b os*?:.PodOS hostUsers*?:b schedulingGates?[mname]:.PodSchedulingGate<merge:name> resourceClaims?[mname]:.PodResourceClaim<merge,retainKeys:name> resources*?:.ResourceRequirements hostnameOverride*?:s schedulingGroup*?:.PodSchedulingGroup@43
core.v1.PodStatus phase?:s conditions?[mtype]:.PodCondition<merge:type> message?:s reason?:s hostIP?:s podIP?:s startTime*?:t containerStatuses?[a]:.ContainerStatus qosClass?:s initContainerStatuses?[a]:.ContainerStatus nominatedNodeName?:s podIPs?[mip]:.PodIP<merge:ip> ephemeralContainerStatuses?[a]:.ContainerStatus resize?:s resourceClaimStatuses?[mname]:.PodResourceClaimStatus<merge,retainKeys:name> hostIPs?[a]:.HostIP<merge:ip> observedGeneration?:l extendedResourceClaimStatus*?:.PodExtendedResourceClaimStatus allocatedResources?{}:q resources*?:.ResourceRequirements nodeAllocatableResourceClaimStatuses?[a]:.NodeAllocatableResourceClaimStatus
core.v1.PodTemplate =v1/PodTemplate metadata?:meta.v1.ObjectMeta template?:.PodTemplateSpec
core.v1.PodTemplateSpec metadata?:meta.v1.ObjectMeta spec?:.PodSpec
core.v1.PortStatus port!:i protocol!:s error*?:s
core.v1.PortworxVolumeSource volumeID!:s fsType?:s readOnly?:b
core.v1.PreferredSchedulingTerm weight!:i preference!:.NodeSelectorTerm
core.v1.Probe ^:.ProbeHandler initialDelaySeconds?:i timeoutSeconds?:i periodSeconds?:i successThreshold?:i failureThreshold?:i terminationGracePeriodSeconds*?:l
core.v1.ProbeHandler exec*?:.ExecAction httpGet*?:.HTTPGetAction tcpSocket*?:.TCPSocketAction grpc*?:.GRPCAction
core.v1.ProjectedVolumeSource sources[a]:.VolumeProjection defaultMode*?:i
core.v1.QuobyteVolumeSource registry!:s volume!:s readOnly?:b user?:s group?:s tenant?:s
core.v1.RBDPersistentVolumeSource monitors![a]:s image!:s fsType?:s pool?:s="rbd" user?:s="admin" keyring?:s="/etc/ceph/keyring" secretRef*?:.SecretReference readOnly?:b
core.v1.RBDVolumeSource monitors![a]:s image!:s fsType?:s pool?:s="rbd" user?:s="admin" keyring?:s="/etc/ceph/keyring" secretRef*?:.LocalObjectReference readOnly?:b
core.v1.ReplicationController =v1/ReplicationController metadata?:meta.v1.ObjectMeta spec?:.ReplicationControllerSpec status?:.ReplicationControllerStatus
core.v1.ReplicationControllerCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
core.v1.ReplicationControllerSpec replicas*?:i=1 selector?%a{}:s template*?:.PodTemplateSpec minReadySeconds?:i=0
core.v1.ReplicationControllerStatus replicas!:i fullyLabeledReplicas?:i observedGeneration?:l readyReplicas?:i availableReplicas?:i conditions?[mtype]:.ReplicationControllerCondition<merge:type>
core.v1.ResourceClaim name!:s request?:s
core.v1.ResourceFieldSelector% containerName?:s resource!:s divisor?:q
core.v1.ResourceHealth resourceID!:s health?:s message*?:s@6
core.v1.ResourceQuota =v1/ResourceQuota metadata?:meta.v1.ObjectMeta spec?:.ResourceQuotaSpec status?:.ResourceQuotaStatus
core.v1.ResourceQuotaSpec hard?{}:q scopes?[a]:s scopeSelector*?:.ScopeSelector
core.v1.ResourceQuotaStatus hard?{}:q used?{}:q
core.v1.ResourceRequirements limits?{}:q requests?{}:q claims?[mname]:.ResourceClaim
core.v1.ResourceStatus name!:s resources?[mresourceID]:.ResourceHealth
core.v1.SELinuxOptions user?:s role?:s type?:s level?:s
core.v1.ScaleIOPersistentVolumeSource gateway!:s system!:s secretRef*!:.SecretReference sslEnabled?:b protectionDomain?:s storagePool?:s storageMode?:s="ThinProvisioned" volumeName?:s fsType?:s="xfs" readOnly?:b
core.v1.ScaleIOVolumeSource gateway!:s system!:s secretRef*!:.LocalObjectReference sslEnabled?:b protectionDomain?:s storagePool?:s storageMode?:s="ThinProvisioned" volumeName?:s fsType?:s="xfs" readOnly?:b
core.v1.ScopeSelector% matchExpressions?[a]:.ScopedResourceSelectorRequirement
core.v1.ScopedResourceSelectorRequirement scopeName!:s operator!:s values?[a]:s
core.v1.SeccompProfile type!:s localhostProfile*?:s
core.v1.Secret =v1/Secret metadata?:meta.v1.ObjectMeta data?{}:y type?:s stringData?{}:s immutable*?:b
core.v1.SecretEnvSource ^:.LocalObjectReference optional*?:b
core.v1.SecretKeySelector% ^:.LocalObjectReference key!:s optional*?:b
core.v1.SecretProjection ^:.LocalObjectReference items?[a]:.KeyToPath optional*?:b@4
core.v1.SecretReference% name?:s namespace?:s
core.v1.SecretVolumeSource secretName?:s items?[a]:.KeyToPath defaultMode*?:i optional*?:b
core.v1.SecurityContext capabilities*?:.Capabilities privileged*?:b seLinuxOptions*?:.SELinuxOptions runAsUser*?:l runAsNonRoot*?:b readOnlyRootFilesystem*?:b allowPrivilegeEscalation*?:b runAsGroup*?:l procMount*?:s windowsOptions*?:.WindowsSecurityContextOptions seccompProfile*?:.SeccompProfile appArmorProfile*?:.AppArmorProfile
core.v1.Service =v1/Service metadata?:meta.v1.ObjectMeta spec?:.ServiceSpec status?:.ServiceStatus
core.v1.ServiceAccount =v1/ServiceAccount metadata?:meta.v1.ObjectMeta secrets?[mname]:.ObjectReference<merge:name> imagePullSecrets?[a]:.LocalObjectReference automountServiceAccountToken*?:b
core.v1.ServiceAccountTokenProjection audience?:s expirationSeconds*?:l path!:s
core.v1.ServicePort name?:s protocol?:s="TCP" port!:i targetPort?:o nodePort?:i appProtocol*?:s
core.v1.ServiceSpec ports?[mport,protocol]:.ServicePort<merge:port> selector?%a{}:s clusterIP?:s type?:s externalIPs?[a]:s sessionAffinity?:s@7 loadBalancerIP?:s loadBalancerSourceRanges?[a]:s externalName?:s externalTrafficPolicy?:s healthCheckNodePort?:i publishNotReadyAddresses?:b sessionAffinityConfig*?:.SessionAffinityConfig ipFamilyPolicy*?:s@17 clusterIPs?[a]:s ipFamilies?[a]:s allocateLoadBalancerNodePorts*?:b loadBalancerClass*?:s internalTrafficPolicy*?:s trafficDistribution*?:s
core.v1.ServiceStatus loadBalancer?:.LoadBalancerStatus conditions?[mtype]:meta.v1.Condition<merge:type>
core.v1.SessionAffinityConfig clientIP*?:.ClientIPConfig
core.v1.SleepAction seconds!:l
core.v1.StorageOSPersistentVolumeSource volumeName?:s volumeNamespace?:s fsType?:s readOnly?:b secretRef*?:.ObjectReference
core.v1.StorageOSVolumeSource volumeName?:s volumeNamespace?:s fsType?:s readOnly?:b secretRef*?:.LocalObjectReference
core.v1.Sysctl name!:s value!:s
core.v1.TCPSocketAction port!:o host?:s
core.v1.Taint key!:s value?:s effect!:s timeAdded*?:t
core.v1.Toleration key?:s operator?:s value?:s effect?:s tolerationSeconds*?:l
core.v1.TopologySelectorLabelRequirement key!:s values![a]:s
core.v1.TopologySelectorTerm% matchLabelExpressions?[a]:.TopologySelectorLabelRequirement
core.v1.TopologySpreadConstraint maxSkew!:i topologyKey!:s whenUnsatisfiable!:s labelSelector*?:meta.v1.LabelSelector minDomains*?:i nodeAffinityPolicy*?:s nodeTaintsPolicy*?:s matchLabelKeys?[a]:s
core.v1.TypedLocalObjectReference% apiGroup*:s kind!:s name!:s
core.v1.TypedObjectReference apiGroup*:s kind!:s name!:s namespace*?:s
core.v1.Volume name!:s ^:.VolumeSource
core.v1.VolumeDevice name!:s devicePath!:s
core.v1.VolumeMount name!:s readOnly?:b mountPath!:s subPath?:s mountPropagation*?:s subPathExpr?:s recursiveReadOnly*?:s
core.v1.VolumeMountStatus name!:s mountPath!:s readOnly?:b recursiveReadOnly*?:s volumeStatus*?:.VolumeStatus
core.v1.VolumeNodeAffinity required*?:.NodeSelector
core.v1.VolumeProjection secret*?:.SecretProjection downwardAPI*?:.DownwardAPIProjection configMap*?:.ConfigMapProjection serviceAccountToken*?:.ServiceAccountTokenProjection clusterTrustBundle*?:.ClusterTrustBundleProjection podCertificate*?:.PodCertificateProjection
core.v1.VolumeResourceRequirements limits?{}:q requests?{}:q
core.v1.VolumeSource hostPath*?:.HostPathVolumeSource emptyDir*?:.EmptyDirVolumeSource gcePersistentDisk*?:.GCEPersistentDiskVolumeSource awsElasticBlockStore*?:.AWSElasticBlockStoreVolumeSource gitRepo*?:.GitRepoVolumeSource secret*?:.SecretVolumeSource nfs*?:.NFSVolumeSource iscsi*?:.ISCSIVolumeSource glusterfs*?:.GlusterfsVolumeSource persistentVolumeClaim*?:.PersistentVolumeClaimVolumeSource rbd*?:.RBDVolumeSource flexVolume*?:.FlexVolumeSource cinder*?:.CinderVolumeSource cephfs*?:.CephFSVolumeSource flocker*?:.FlockerVolumeSource downwardAPI*?:.DownwardAPIVolumeSource fc*?:.FCVolumeSource azureFile*?:.AzureFileVolumeSource configMap*?:.ConfigMapVolumeSource vsphereVolume*?:.VsphereVirtualDiskVolumeSource quobyte*?:.QuobyteVolumeSource azureDisk*?:.AzureDiskVolumeSource photonPersistentDisk*?:.PhotonPersistentDiskVolumeSource portworxVolume*?:.PortworxVolumeSource scaleIO*?:.ScaleIOVolumeSource projected*?:.ProjectedVolumeSource storageos*?:.StorageOSVolumeSource csi*?:.CSIVolumeSource ephemeral*?:.EphemeralVolumeSource image*?:.ImageVolumeSource
core.v1.VolumeStatus image*?:.ImageVolumeStatus
core.v1.VsphereVirtualDiskVolumeSource volumePath!:s fsType?:s storagePolicyName?:s storagePolicyID?:s
core.v1.WeightedPodAffinityTerm weight!:i podAffinityTerm!:.PodAffinityTerm
core.v1.WindowsSecurityContextOptions gmsaCredentialSpecName*?:s gmsaCredentialSpec*?:s runAsUserName*?:s hostProcess*?:b
discovery.v1.Endpoint addresses![s]:s conditions?:.EndpointConditions hostname*?:s targetRef*?:core.v1.ObjectReference deprecatedTopology?{}:s nodeName*?:s zone*?:s hints*?:.EndpointHints
discovery.v1.EndpointConditions ready*?:b serving*?:b terminating*?:b
discovery.v1.EndpointHints forZones?[a]:.ForZone forNodes?[a]:.ForNode
discovery.v1.EndpointPort% name*?:s protocol*?:s port*?:i appProtocol*?:s
discovery.v1.EndpointSlice =discovery.k8s.io/v1/EndpointSlice metadata?:meta.v1.ObjectMeta endpoints[a]:.Endpoint ports[a]:.EndpointPort addressType!:s
discovery.v1.ForNode name!:s
discovery.v1.ForZone name!:s
events.v1.Event =events.k8s.io/v1/Event metadata:meta.v1.ObjectMeta eventTime!:m series*?:.EventSeries reportingController?:s reportingInstance?:s action?:s reason?:s regarding?:core.v1.ObjectReference related*?:core.v1.ObjectReference note?:s type?:s deprecatedSource?:core.v1.EventSource deprecatedFirstTimestamp?:t deprecatedLastTimestamp?:t deprecatedCount?:i
events.v1.EventSeries count!:i lastObservedTime!:m
flowcontrol.v1.ExemptPriorityLevelConfiguration nominalConcurrencyShares*?:i lendablePercent*?:i
flowcontrol.v1.FlowDistinguisherMethod type!:s
flowcontrol.v1.FlowSchema =flowcontrol.apiserver.k8s.io/v1/FlowSchema metadata?:meta.v1.ObjectMeta spec?:.FlowSchemaSpec status?:.FlowSchemaStatus
flowcontrol.v1.FlowSchemaCondition type?:s status?:s lastTransitionTime?:t reason?:s message?:s
flowcontrol.v1.FlowSchemaSpec priorityLevelConfiguration!:.PriorityLevelConfigurationReference matchingPrecedence:i distinguisherMethod*?:.FlowDistinguisherMethod rules?[a]:.PolicyRulesWithSubjects
flowcontrol.v1.FlowSchemaStatus conditions?[mtype]:.FlowSchemaCondition<merge:type>
flowcontrol.v1.GroupSubject name!:s
flowcontrol.v1.LimitResponse type!:s queuing*?:.QueuingConfiguration
flowcontrol.v1.LimitedPriorityLevelConfiguration nominalConcurrencyShares*:i limitResponse?:.LimitResponse lendablePercent*?:i borrowingLimitPercent*?:i
flowcontrol.v1.NonResourcePolicyRule verbs![s]:s nonResourceURLs![s]:s@6
flowcontrol.v1.PolicyRulesWithSubjects subjects![a]:.Subject resourceRules?[a]:.ResourcePolicyRule nonResourceRules?[a]:.NonResourcePolicyRule
flowcontrol.v1.PriorityLevelConfiguration =flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration metadata?:meta.v1.ObjectMeta spec?:.PriorityLevelConfigurationSpec status?:.PriorityLevelConfigurationStatus
flowcontrol.v1.PriorityLevelConfigurationCondition type?:s status?:s lastTransitionTime?:t reason?:s message?:s
flowcontrol.v1.PriorityLevelConfigurationReference name!:s
flowcontrol.v1.PriorityLevelConfigurationSpec type!:s limited*?:.LimitedPriorityLevelConfiguration exempt*?:.ExemptPriorityLevelConfiguration
flowcontrol.v1.PriorityLevelConfigurationStatus conditions?[mtype]:.PriorityLevelConfigurationCondition<merge:type>
flowcontrol.v1.QueuingConfiguration queues:i handSize:i queueLengthLimit:i
flowcontrol.v1.ResourcePolicyRule verbs![s]:s apiGroups![s]:s resources![s]:s clusterScope?:b namespaces[s]:s
flowcontrol.v1.ServiceAccountSubject namespace!:s name!:s
flowcontrol.v1.Subject kind!:s user*?:.UserSubject group*?:.GroupSubject serviceAccount*?:.ServiceAccountSubject
flowcontrol.v1.UserSubject name!:s
networking.v1.HTTPIngressPath path?:s backend!:.IngressBackend pathType*!:s
networking.v1.HTTPIngressRuleValue paths![a]:.HTTPIngressPath
networking.v1.IPAddress =networking.k8s.io/v1/IPAddress metadata?:meta.v1.ObjectMeta spec?!:.IPAddressSpec
networking.v1.IPAddressSpec parentRef*?!:.ParentReference
networking.v1.IPBlock cidr!:s except?[a]:s
networking.v1.Ingress =networking.k8s.io/v1/Ingress metadata?:meta.v1.ObjectMeta spec?:.IngressSpec status?:.IngressStatus
networking.v1.IngressBackend resource*?:core.v1.TypedLocalObjectReference@3 service*?:.IngressServiceBackend
networking.v1.IngressClass =networking.k8s.io/v1/IngressClass metadata?:meta.v1.ObjectMeta spec?:.IngressClassSpec
networking.v1.IngressClassParametersReference apiGroup*?:s kind!:s name!:s scope*:s namespace*?:s
networking.v1.IngressClassSpec controller?:s parameters*?:.IngressClassParametersReference
networking.v1.IngressLoadBalancerIngress ip?:s hostname?:s ports?[a]:.IngressPortStatus@4
networking.v1.IngressLoadBalancerStatus ingress?[a]:.IngressLoadBalancerIngress
networking.v1.IngressPortStatus port!:i protocol!:s error*?:s
networking.v1.IngressRule host?:s ^:.IngressRuleValue
networking.v1.IngressRuleValue http*?:.HTTPIngressRuleValue
networking.v1.IngressServiceBackend name!:s port?:.ServiceBackendPort
networking.v1.IngressSpec defaultBackend*?:.IngressBackend tls?[a]:.IngressTLS rules?[a]:.IngressRule ingressClassName*?:s
networking.v1.IngressStatus loadBalancer?:.IngressLoadBalancerStatus
networking.v1.IngressTLS hosts?[a]:s secretName?:s
networking.v1.NetworkPolicy =networking.k8s.io/v1/NetworkPolicy metadata?:meta.v1.ObjectMeta spec?:.NetworkPolicySpec
networking.v1.NetworkPolicyEgressRule ports?[a]:.NetworkPolicyPort to?[a]:.NetworkPolicyPeer
networking.v1.NetworkPolicyIngressRule ports?[a]:.NetworkPolicyPort from?[a]:.NetworkPolicyPeer
networking.v1.NetworkPolicyPeer podSelector*?:meta.v1.LabelSelector namespaceSelector*?:meta.v1.LabelSelector ipBlock*?:.IPBlock
networking.v1.NetworkPolicyPort protocol*?:s port*?:o endPort*?:i
networking.v1.NetworkPolicySpec podSelector:meta.v1.LabelSelector ingress?[a]:.NetworkPolicyIngressRule egress?[a]:.NetworkPolicyEgressRule policyTypes?[a]:s
networking.v1.ParentReference group?:s resource?!:s namespace?:s name?!:s
networking.v1.ServiceBackendPort% name?:s number?:i
networking.v1.ServiceCIDR =networking.k8s.io/v1/ServiceCIDR metadata?:meta.v1.ObjectMeta spec?:.ServiceCIDRSpec status?:.ServiceCIDRStatus
networking.v1.ServiceCIDRSpec cidrs?[a]:s
networking.v1.ServiceCIDRStatus conditions?[mtype]:meta.v1.Condition<merge:type>
node.v1.Overhead podFixed?{}:q
node.v1.RuntimeClass =node.k8s.io/v1/RuntimeClass metadata?:meta.v1.ObjectMeta handler!:s overhead*?:.Overhead scheduling*?:.Scheduling
node.v1.Scheduling nodeSelector?%a{}:s tolerations?[a]:core.v1.Toleration
policy.v1.Eviction =policy/v1/Eviction metadata?:meta.v1.ObjectMeta deleteOptions*?:meta.v1.DeleteOptions
policy.v1.PodDisruptionBudget =policy/v1/PodDisruptionBudget metadata?:meta.v1.ObjectMeta spec?:.PodDisruptionBudgetSpec status?:.PodDisruptionBudgetStatus
policy.v1.PodDisruptionBudgetSpec minAvailable*?:o selector*?:meta.v1.LabelSelector<replace> maxUnavailable*?:o unhealthyPodEvictionPolicy*?:s
policy.v1.PodDisruptionBudgetStatus observedGeneration?:l disruptedPods?{}:t disruptionsAllowed:i currentHealthy:i desiredHealthy:i expectedPods:i conditions?[mtype]:meta.v1.Condition<merge:type>
rbac.v1.AggregationRule clusterRoleSelectors?[a]:meta.v1.LabelSelector
rbac.v1.ClusterRole =rbac.authorization.k8s.io/v1/ClusterRole metadata?:meta.v1.ObjectMeta rules[a]:.PolicyRule aggregationRule*?:.AggregationRule
rbac.v1.ClusterRoleBinding =rbac.authorization.k8s.io/v1/ClusterRoleBinding metadata?:meta.v1.ObjectMeta subjects?[a]:.Subject roleRef!:.RoleRef
rbac.v1.PolicyRule verbs![a]:s apiGroups?[a]:s resources?[a]:s resourceNames?[a]:s nonResourceURLs?[a]:s
rbac.v1.Role =rbac.authorization.k8s.io/v1/Role metadata?:meta.v1.ObjectMeta rules[a]:.PolicyRule
rbac.v1.RoleBinding =rbac.authorization.k8s.io/v1/RoleBinding metadata?:meta.v1.ObjectMeta subjects?[a]:.Subject roleRef!:.RoleRef
rbac.v1.RoleRef% apiGroup:s kind!:s name!:s
rbac.v1.Subject% kind!:s apiGroup?:s name!:s namespace?:s
resource.v1.AllocatedDeviceStatus driver!:s pool!:s device!:s conditions[mtype]:meta.v1.Condition data*?:r networkData*?:.NetworkDeviceData shareID*?:s
resource.v1.AllocationResult devices?:.DeviceAllocationResult nodeSelector*?:core.v1.NodeSelector@3 allocationTimestamp*?:t@5
resource.v1.CELDeviceSelector expression!:s
resource.v1.CapacityRequestPolicy default*:q validValues?[a]:q@3 validRange*?:.CapacityRequestPolicyRange
resource.v1.CapacityRequestPolicyRange min*?!:q max*?:q step*?:q
resource.v1.CapacityRequirements requests?{}:q
resource.v1.Counter value!:q
resource.v1.CounterSet name!:s counters?!{}:.Counter
resource.v1.Device name!:s attributes?{}:.DeviceAttribute capacity?{}:.DeviceCapacity consumesCounters?[a]:.DeviceCounterConsumption nodeName*?:s nodeSelector*?:core.v1.NodeSelector allNodes*?:b taints?[a]:.DeviceTaint bindsToNode*?:b bindingConditions?[a]:s bindingFailureConditions?[a]:s allowMultipleAllocations*?:b nodeAllocatableResourceMappings?{}:.NodeAllocatableResourceMapping
resource.v1.DeviceAllocationConfiguration source!:s requests?[a]:s ^:.DeviceConfiguration
resource.v1.DeviceAllocationResult results?[a]:.DeviceRequestAllocationResult config?[a]:.DeviceAllocationConfiguration
resource.v1.DeviceAttribute int*?:l@2 bool*?:b string*?:s version*?:s ints?[a]:l bools?[a]:b strings?[a]:s versions?[a]:s
resource.v1.DeviceCapacity value!:q requestPolicy*?:.CapacityRequestPolicy
resource.v1.DeviceClaim requests[a]:.DeviceRequest constraints?[a]:.DeviceConstraint config?[a]:.DeviceClaimConfiguration
resource.v1.DeviceClaimConfiguration requests?[a]:s ^:.DeviceConfiguration
resource.v1.DeviceClass =resource.k8s.io/v1/DeviceClass metadata?:meta.v1.ObjectMeta spec!:.DeviceClassSpec
resource.v1.DeviceClassConfiguration ^:.DeviceConfiguration
resource.v1.DeviceClassSpec selectors?[a]:.DeviceSelector config?[a]:.DeviceClassConfiguration extendedResourceName*?:s@4
resource.v1.DeviceConfiguration opaque*?:.OpaqueDeviceConfiguration
resource.v1.DeviceConstraint requests?[a]:s matchAttribute*?:s distinctAttribute*?:s
resource.v1.DeviceCounterConsumption counterSet!:s counters?!{}:.Counter
resource.v1.DeviceRequest name!:s exactly*?:.ExactDeviceRequest firstAvailable?[a]:.DeviceSubRequest
resource.v1.DeviceRequestAllocationResult request!:s driver!:s pool!:s device!:s adminAccess*?:b tolerations?[a]:.DeviceToleration bindingConditions?[a]:s bindingFailureConditions?[a]:s shareID*?:s consumedCapacity?{}:q
resource.v1.DeviceSelector cel*?:.CELDeviceSelector
resource.v1.DeviceSubRequest name!:s deviceClassName!:s selectors?[a]:.DeviceSelector allocationMode?:s count?:l tolerations?[a]:.DeviceToleration capacity*?:.CapacityRequirements
resource.v1.DeviceTaint key!:s value?:s effect!:s timeAdded*?:t
resource.v1.DeviceToleration key?:s operator?:s="Equal" value?:s effect?:s tolerationSeconds*?:l
resource.v1.ExactDeviceRequest deviceClassName!:s selectors?[a]:.DeviceSelector allocationMode?:s count?:l adminAccess*?:b tolerations?[a]:.DeviceToleration capacity*?:.CapacityRequirements
resource.v1.NetworkDeviceData interfaceName?:s ips?[a]:s hardwareAddress?:s
resource.v1.NodeAllocatableResourceMapping capacityKey*?:s allocationMultiplier*?:q
resource.v1.OpaqueDeviceConfiguration driver!:s parameters!:r
resource.v1.ResourceClaim =resource.k8s.io/v1/ResourceClaim metadata?:meta.v1.ObjectMeta spec!:.ResourceClaimSpec status?:.ResourceClaimStatus
resource.v1.ResourceClaimConsumerReference apiGroup?:s resource!:s@3 name!:s uid!:s
resource.v1.ResourceClaimSpec devices:.DeviceClaim
resource.v1.ResourceClaimStatus allocation*?:.AllocationResult reservedFor?[muid]:.ResourceClaimConsumerReference<merge:uid> devices?[mdriver,device,pool,shareID]:.AllocatedDeviceStatus@4
resource.v1.ResourceClaimTemplate =resource.k8s.io/v1/ResourceClaimTemplate metadata?:meta.v1.ObjectMeta spec!:.ResourceClaimTemplateSpec
resource.v1.ResourceClaimTemplateSpec metadata?:meta.v1.ObjectMeta spec!:.ResourceClaimSpec
resource.v1.ResourcePool name!:s generation!:l resourceSliceCount!:l
resource.v1.ResourceSlice =resource.k8s.io/v1/ResourceSlice metadata?:meta.v1.ObjectMeta spec!:.ResourceSliceSpec
resource.v1.ResourceSliceSpec driver!:s pool!:.ResourcePool nodeName*?:s nodeSelector*?:core.v1.NodeSelector allNodes*?:b devices?[a]:.Device perDeviceNodeSelection*?:b sharedCounters?[a]:.CounterSet
scheduling.v1.PriorityClass =scheduling.k8s.io/v1/PriorityClass metadata?:meta.v1.ObjectMeta value:i globalDefault?:b description?:s preemptionPolicy*?:s
storage.v1.CSIDriver =storage.k8s.io/v1/CSIDriver metadata?:meta.v1.ObjectMeta spec!:.CSIDriverSpec
storage.v1.CSIDriverSpec attachRequired*?:b podInfoOnMount*?:b volumeLifecycleModes?[s]:s storageCapacity*?:b fsGroupPolicy*?:s tokenRequests?[a]:.TokenRequest requiresRepublish*?:b seLinuxMount*?:b nodeAllocatableUpdatePeriodSeconds*?:l serviceAccountTokenInSecrets*?:b preventPodSchedulingIfMissing*?:b
storage.v1.CSINode =storage.k8s.io/v1/CSINode metadata?:meta.v1.ObjectMeta spec!:.CSINodeSpec
storage.v1.CSINodeDriver name!:s nodeID!:s topologyKeys[a]:s allocatable*?:.VolumeNodeResources
storage.v1.CSINodeSpec drivers![mname]:.CSINodeDriver<merge:name>
storage.v1.CSIStorageCapacity =storage.k8s.io/v1/CSIStorageCapacity metadata?:meta.v1.ObjectMeta nodeTopology*?:meta.v1.LabelSelector storageClassName!:s capacity*?:q maximumVolumeSize*?:q
storage.v1.StorageClass =storage.k8s.io/v1/StorageClass metadata?:meta.v1.ObjectMeta provisioner!:s parameters?{}:s reclaimPolicy*?:s mountOptions?[a]:s allowVolumeExpansion*?:b volumeBindingMode*?:s allowedTopologies?[a]:core.v1.TopologySelectorTerm
storage.v1.TokenRequest audience!:s expirationSeconds*?:l
storage.v1.VolumeAttachment =storage.k8s.io/v1/VolumeAttachment metadata?:meta.v1.ObjectMeta spec!:.VolumeAttachmentSpec status?:.VolumeAttachmentStatus
storage.v1.VolumeAttachmentSource persistentVolumeName*?:s inlineVolumeSpec*?:core.v1.PersistentVolumeSpec
storage.v1.VolumeAttachmentSpec attacher!:s source!:.VolumeAttachmentSource nodeName!:s
storage.v1.VolumeAttachmentStatus attached!:b attachmentMetadata?{}:s attachError*?:.VolumeError detachError*?:.VolumeError
storage.v1.VolumeAttributesClass =storage.k8s.io/v1/VolumeAttributesClass metadata?:meta.v1.ObjectMeta driverName!:s parameters?{}:s
storage.v1.VolumeError time?:t message?:s errorCode*?:i
storage.v1.VolumeNodeResources count*?:i
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceColumnDefinition name!:s type!:s format?:s description?:s priority?:i jsonPath!:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion strategy!:s webhook*?:.WebhookConversion
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition =apiextensions.k8s.io/v1/CustomResourceDefinition metadata?:meta.v1.ObjectMeta spec!:.CustomResourceDefinitionSpec status?:.CustomResourceDefinitionStatus
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s observedGeneration?:l
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionNames plural!:s singular?:s shortNames?[a]:s kind!:s listKind?:s categories?[a]:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec group!:s names!:.CustomResourceDefinitionNames@3 scope!:s versions![a]:.CustomResourceDefinitionVersion@7 conversion*?:.CustomResourceConversion@9 preserveUnknownFields?:b
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus conditions[mtype]:.CustomResourceDefinitionCondition acceptedNames:.CustomResourceDefinitionNames storedVersions[a]:s observedGeneration?:l
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionVersion name!:s served!:b storage!:b schema*?:.CustomResourceValidation subresources*?:.CustomResourceSubresources additionalPrinterColumns?[a]:.CustomResourceColumnDefinition deprecated?:b deprecationWarning*?:s selectableFields?[a]:.SelectableField
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceScale specReplicasPath!:s statusReplicasPath!:s labelSelectorPath*?:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresourceStatus
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceSubresources status*?:.CustomResourceSubresourceStatus scale*?:.CustomResourceSubresourceScale
apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceValidation openAPIV3Schema*?:.JSONSchemaProps
apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation description?:s url?:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps id?:s \$schema?:s \$ref*?:s description?:s type?:s format?:s title?:s default*?:j maximum*?:d exclusiveMaximum?:b minimum*?:d exclusiveMinimum?:b maxLength*?:l minLength*?:l pattern?:s maxItems*?:l minItems*?:l uniqueItems?:b multipleOf*?:d enum?[a]:j maxProperties*?:l minProperties*?:l required?[a]:s items*?:1 allOf?[a]:.JSONSchemaProps oneOf?[a]:.JSONSchemaProps anyOf?[a]:.JSONSchemaProps not*?:.JSONSchemaProps properties?{}:.JSONSchemaProps additionalProperties*?:2 patternProperties?{}:.JSONSchemaProps dependencies?{}:3 additionalItems*?:2 definitions?{}:.JSONSchemaProps externalDocs*?:.ExternalDocumentation example*?:j nullable?:b x-kubernetes-preserve-unknown-fields*?:b x-kubernetes-embedded-resource?:b x-kubernetes-int-or-string?:b x-kubernetes-list-map-keys?[a]:s x-kubernetes-list-type*?:s x-kubernetes-map-type*?:s x-kubernetes-validations?[mrule]:.ValidationRule<merge:rule>
apiextensions-apiserver.pkg.apis.apiextensions.v1.SelectableField jsonPath!:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.ServiceReference namespace!:s name!:s path*?:s port*?:i
apiextensions-apiserver.pkg.apis.apiextensions.v1.ValidationRule rule!:s message?:s messageExpression?:s reason*?:s fieldPath?:s optionalOldSelf*?:b
apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookClientConfig service*?:.ServiceReference caBundle?:y url*?:s
apiextensions-apiserver.pkg.apis.apiextensions.v1.WebhookConversion clientConfig*?:.WebhookClientConfig@2 conversionReviewVersions![a]:s
meta.v1.Condition type!:s status!:s observedGeneration?:l lastTransitionTime!:t reason!:s message!:s
meta.v1.DeleteOptions =v1/DeleteOptions gracePeriodSeconds*?:l preconditions*?:.Preconditions orphanDependents*?:b propagationPolicy*?:s dryRun?[a]:s ignoreStoreReadErrorWithClusterBreakingPotential*?:b
meta.v1.FieldSelectorRequirement key!:s operator!:s values?[a]:s
meta.v1.LabelSelector% matchLabels?{}:s matchExpressions?[a]:.LabelSelectorRequirement
meta.v1.LabelSelectorRequirement key!:s operator!:s values?[a]:s
meta.v1.ListMeta selfLink?:s resourceVersion?:s continue?:s remainingItemCount*?:l shardInfo*?:.ShardInfo
meta.v1.ManagedFieldsEntry manager?:s operation?:s apiVersion?:s time*?:t fieldsType?:s@6 fieldsV1*?:f subresource?:s
meta.v1.ObjectMeta name?:s generateName?:s namespace?:s selfLink?:s uid?:s resourceVersion?:s generation?:l creationTimestamp?~:t deletionTimestamp*?:t deletionGracePeriodSeconds*?:l labels?{}:s annotations?{}:s ownerReferences?[muid]:.OwnerReference<merge:uid> finalizers?[s]:s<merge> managedFields?[a]:.ManagedFieldsEntry@17
meta.v1.OwnerReference% kind!:s name!:s@3 uid!:s apiVersion!:s controller*?:b blockOwnerDeletion*?:b
meta.v1.Preconditions uid*?:s resourceVersion*?:s
meta.v1.ShardInfo selector!:s
meta.v1.Status =v1/Status metadata?:.ListMeta status?:s message?:s reason?:s details*?:.StatusDetails code?:i
meta.v1.StatusCause reason?:s message?:s field?:s
meta.v1.StatusDetails name?:s group?:s kind?:s causes?[a]:.StatusCause retryAfterSeconds?:i uid?:s
kube-aggregator.pkg.apis.apiregistration.v1.APIService =apiregistration.k8s.io/v1/APIService metadata?:meta.v1.ObjectMeta spec?:.APIServiceSpec status?:.APIServiceStatus
kube-aggregator.pkg.apis.apiregistration.v1.APIServiceCondition type!:s status!:s lastTransitionTime?:t reason?:s message?:s
kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec service*?:.ServiceReference group?:s version?:s insecureSkipTLSVerify?:b caBundle?:y groupPriorityMinimum!:i@7 versionPriority!:i
kube-aggregator.pkg.apis.apiregistration.v1.APIServiceStatus conditions?[mtype]:.APIServiceCondition<merge:type>
kube-aggregator.pkg.apis.apiregistration.v1.ServiceReference namespace?:s name?:s port*?:i
`;
