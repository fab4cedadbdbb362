// Written by `npm run resources`, from the discovery documents of k8s.io/kubernetes v1.36.3.

/** The release whose resources these are. */
export const kubernetesVersion = 'v1.36.3';

/**
 * What a kube-apiserver serves by itself: a line for each group version, in the order in which it lists them, and below it
 * one for each resource: plural, kind, `!` where it has no namespaces, `:` and its verbs where they are not all, short
 * names, `@` categories, `#` the hash of the version it is stored in where that is another, `/` subresources with `=` their
 * kind where that is another, and `:` their verbs where they are not get, patch and update.
 */
export const builtInTable = `
v1
bindings Binding :create
componentstatuses ComponentStatus ! :get,list cs
configmaps ConfigMap cm
endpoints Endpoints ep
events Event ev
limitranges LimitRange limits
namespaces Namespace ! :create,delete,get,list,patch,update,watch ns /finalize:update /status
nodes Node ! no /proxy=NodeProxyOptions:create,delete,get,patch,update /status
persistentvolumeclaims PersistentVolumeClaim pvc /status
persistentvolumes PersistentVolume ! pv /status
pods Pod po @all /attach=PodAttachOptions:create,get /binding=Binding:create /ephemeralcontainers /eviction=policy/v1/Eviction:create /exec=PodExecOptions:create,get /log:get /portforward=PodPortForwardOptions:create,get /proxy=PodProxyOptions:create,delete,get,patch,update /resize /status
podtemplates PodTemplate
replicationcontrollers ReplicationController rc @all /scale=autoscaling/v1/Scale /status
resourcequotas ResourceQuota quota /status
secrets Secret
serviceaccounts ServiceAccount sa /token=authentication.k8s.io/v1/TokenRequest:create
services Service svc @all /proxy=ServiceProxyOptions:create,delete,get,patch,update /status
apiregistration.k8s.io/v1
apiservices APIService ! @api-extensions /status
apps/v1
controllerrevisions ControllerRevision
daemonsets DaemonSet ds @all /status
deployments Deployment deploy @all /scale=autoscaling/v1/Scale /status
replicasets ReplicaSet rs @all /scale=autoscaling/v1/Scale /status
statefulsets StatefulSet sts @all /scale=autoscaling/v1/Scale /status
events.k8s.io/v1
events Event ev #r2yiGXH7wu8=
authentication.k8s.io/v1
selfsubjectreviews SelfSubjectReview ! :create
tokenreviews TokenReview ! :create
authorization.k8s.io/v1
localsubjectaccessreviews LocalSubjectAccessReview :create
selfsubjectaccessreviews SelfSubjectAccessReview ! :create
selfsubjectrulesreviews SelfSubjectRulesReview ! :create
subjectaccessreviews SubjectAccessReview ! :create
autoscaling/v2
horizontalpodautoscalers HorizontalPodAutoscaler hpa @all /status
autoscaling/v1
horizontalpodautoscalers HorizontalPodAutoscaler hpa @all #qwQve8ut294= /status
batch/v1
cronjobs CronJob cj @all /status
jobs Job @all /status
certificates.k8s.io/v1
certificatesigningrequests CertificateSigningRequest ! csr /approval /status
networking.k8s.io/v1
ingressclasses IngressClass !
ingresses Ingress ing /status
ipaddresses IPAddress ! ip
networkpolicies NetworkPolicy netpol
servicecidrs ServiceCIDR ! /status
policy/v1
poddisruptionbudgets PodDisruptionBudget pdb /status
rbac.authorization.k8s.io/v1
clusterrolebindings ClusterRoleBinding !
clusterroles ClusterRole !
rolebindings RoleBinding
roles Role
storage.k8s.io/v1
csidrivers CSIDriver !
csinodes CSINode !
csistoragecapacities CSIStorageCapacity
storageclasses StorageClass ! sc
volumeattachments VolumeAttachment ! /status
volumeattributesclasses VolumeAttributesClass ! vac
admissionregistration.k8s.io/v1
mutatingadmissionpolicies MutatingAdmissionPolicy ! @api-extensions #LYmCf+UMVdg=
mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding ! @api-extensions #90V5FRZZ3Zg=
mutatingwebhookconfigurations MutatingWebhookConfiguration ! @api-extensions
validatingadmissionpolicies ValidatingAdmissionPolicy ! @api-extensions /status
validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding ! @api-extensions
validatingwebhookconfigurations ValidatingWebhookConfiguration ! @api-extensions
apiextensions.k8s.io/v1
customresourcedefinitions CustomResourceDefinition ! crd crds @api-extensions #jfWCUB31mvA= /status
scheduling.k8s.io/v1
priorityclasses PriorityClass ! pc
coordination.k8s.io/v1
leases Lease
node.k8s.io/v1
runtimeclasses RuntimeClass !
discovery.k8s.io/v1
endpointslices EndpointSlice
resource.k8s.io/v1
deviceclasses DeviceClass !
resourceclaims ResourceClaim /status
resourceclaimtemplates ResourceClaimTemplate
resourceslices ResourceSlice !
flowcontrol.apiserver.k8s.io/v1
flowschemas FlowSchema ! /status
prioritylevelconfigurations PriorityLevelConfiguration ! /status
`;
