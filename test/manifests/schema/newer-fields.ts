// What kubernetes-types 1.30 lacks: fields that the API server fills (the package leaves them out)
// and fields and kinds that came with Kubernetes 1.31 to 1.36. Kept by hand, facts only.

const status = {status: 'any'};
const top = {apiVersion: 'string', kind: 'string', metadata: 'meta/v1.ObjectMeta'};

// The package loses fields whose description contains the end of a comment ("*" before "/").
const rules = {resources: '[string]', scope: 'string'};

export const newerTypes: Record<string, Record<string, string>> = {
  'admissionregistration/v1.RuleWithOperations': rules,
  'admissionregistration/v1.NamedRuleWithOperations': rules,
  'admissionregistration/v1alpha1.NamedRuleWithOperations': rules,
  'admissionregistration/v1beta1.NamedRuleWithOperations': rules,
  'meta/v1.ObjectMeta': {
    creationTimestamp: 'string',
    deletionGracePeriodSeconds: 'integer',
    deletionTimestamp: 'string',
    generation: 'integer',
    resourceVersion: 'string',
    uid: 'string',
  },
  'core/v1.PodSpec': {
    hostnameOverride: 'string',
    resources: 'core/v1.ResourceRequirements',
    schedulingGroup: 'core/v1.PodSchedulingGroup',
    workloadRef: 'core/v1.WorkloadReference',
  },
  'core/v1.PodSchedulingGroup': {podGroupName: 'string'},
  'core/v1.WorkloadReference': {name: 'string', podGroup: 'string', podGroupReplicaKey: 'string'},
  'core/v1.Container': {restartPolicyRules: '[core/v1.ContainerRestartRule]'},
  'core/v1.EphemeralContainer': {restartPolicyRules: '[core/v1.ContainerRestartRule]'},
  'core/v1.ContainerRestartRule': {
    action: 'string',
    exitCodes: 'core/v1.ContainerRestartRuleOnExitCodes',
  },
  'core/v1.ContainerRestartRuleOnExitCodes': {operator: 'string', values: '[integer]'},
  'core/v1.EnvVarSource': {fileKeyRef: 'core/v1.FileKeySelector'},
  'core/v1.FileKeySelector': {
    key: 'string',
    optional: 'boolean',
    path: 'string',
    volumeName: 'string',
  },
  'core/v1.Lifecycle': {stopSignal: 'string'},
  'core/v1.NodeStatus': {
    addresses: 'any',
    allocatable: '{quantity}',
    capacity: '{quantity}',
    conditions: 'any',
    config: 'any',
    daemonEndpoints: 'any',
    declaredFeatures: '[string]',
    features: 'any',
    images: '[core/v1.ContainerImage]',
    nodeInfo: 'any',
    phase: 'string',
    runtimeHandlers: 'any',
    volumesAttached: 'any',
    volumesInUse: 'any',
  },
  'core/v1.ContainerImage': {names: '[string]', sizeBytes: 'integer'},
  'core/v1.PodResourceClaim': {
    name: 'string',
    resourceClaimName: 'string',
    resourceClaimTemplateName: 'string',
  },
  'core/v1.ResourceClaim': {request: 'string'},
  'core/v1.PodSecurityContext': {
    appArmorProfile: 'core/v1.AppArmorProfile',
    seLinuxChangePolicy: 'string',
    supplementalGroupsPolicy: 'string',
  },
  'core/v1.ServiceSpec': {trafficDistribution: 'string'},
  'core/v1.Volume': {image: 'core/v1.ImageVolumeSource'},
  'core/v1.ImageVolumeSource': {pullPolicy: 'string', reference: 'string'},
  'core/v1.VolumeProjection': {podCertificate: 'core/v1.PodCertificateProjection'},
  'core/v1.PodCertificateProjection': {
    certificateChainPath: 'string',
    credentialBundlePath: 'string',
    keyPath: 'string',
    keyType: 'string',
    maxExpirationSeconds: 'integer',
    signerName: 'string',
    userAnnotations: '{string}',
  },
  'autoscaling/v2.HPAScalingRules': {tolerance: 'quantity'},
  'batch/v1.JobSpec': {managedBy: 'string', successPolicy: 'batch/v1.SuccessPolicy'},
  'coordination/v1.LeaseSpec': {preferredHolder: 'string', strategy: 'string'},
  'storage/v1.CSIDriverSpec': {
    nodeAllocatableUpdatePeriodSeconds: 'integer',
    serviceAccountTokenInSecrets: 'boolean',
  },
  'apiextensions/v1.CustomResourceDefinitionVersion': {selectableFields: 'any'},
  'apiextensions/v1.JSONSchemaProps': {
    'x-kubernetes-embedded-resource': 'boolean',
    'x-kubernetes-int-or-string': 'boolean',
    'x-kubernetes-list-map-keys': '[string]',
    'x-kubernetes-list-type': 'string',
    'x-kubernetes-map-type': 'string',
    'x-kubernetes-preserve-unknown-fields': 'boolean',
    'x-kubernetes-validations': 'any',
  },
  'networking/v1.ServiceCIDR': {...top, ...status, spec: 'networking/v1.ServiceCIDRSpec'},
  'networking/v1.ServiceCIDRSpec': {cidrs: '[string]'},
  'networking/v1.IPAddress': {...top, spec: 'any'},
  'storage/v1.VolumeAttributesClass': {...top, driverName: 'string', parameters: '{string}'},
  'certificates/v1.ClusterTrustBundle': {...top, spec: 'any'},
  'certificates/v1.PodCertificateRequest': {...top, ...status, spec: 'any'},
  'coordination/v1.LeaseCandidate': {...top, spec: 'any'},
  'scheduling/v1.Workload': {...top, spec: 'any'},
  'scheduling/v1.PodGroup': {...top, ...status, spec: 'any'},
  'storagemigration/v1.StorageVersionMigration': {...top, ...status, spec: 'any'},
  'admissionregistration/v1.MutatingAdmissionPolicy': {
    ...top,
    spec: 'admissionregistration/v1.MutatingAdmissionPolicySpec',
  },
  'admissionregistration/v1.MutatingAdmissionPolicySpec': {
    failurePolicy: 'string',
    matchConditions: '[admissionregistration/v1.MatchCondition]',
    matchConstraints: 'admissionregistration/v1.MatchResources',
    mutations: '[admissionregistration/v1.Mutation]',
    paramKind: 'admissionregistration/v1.ParamKind',
    reinvocationPolicy: 'string',
    variables: '[admissionregistration/v1.Variable]',
  },
  'admissionregistration/v1.Mutation': {
    applyConfiguration: 'admissionregistration/v1.PatchExpression',
    jsonPatch: 'admissionregistration/v1.PatchExpression',
    patchType: 'string',
  },
  'admissionregistration/v1.PatchExpression': {expression: 'string'},
  'admissionregistration/v1.MutatingAdmissionPolicyBinding': {
    ...top,
    spec: 'admissionregistration/v1.MutatingAdmissionPolicyBindingSpec',
  },
  'admissionregistration/v1.MutatingAdmissionPolicyBindingSpec': {
    matchResources: 'admissionregistration/v1.MatchResources',
    paramRef: 'admissionregistration/v1.ParamRef',
    policyName: 'string',
  },
  'resource/v1.DeviceClass': {...top, spec: 'resource/v1.DeviceClassSpec'},
  'resource/v1.DeviceClassSpec': {
    config: '[resource/v1.DeviceConfiguration]',
    extendedResourceName: 'string',
    selectors: '[resource/v1.DeviceSelector]',
  },
  'resource/v1.DeviceConfiguration': {opaque: 'any', requests: '[string]'},
  'resource/v1.DeviceSelector': {cel: 'resource/v1.CELDeviceSelector'},
  'resource/v1.CELDeviceSelector': {expression: 'string'},
  'resource/v1.ResourceClaim': {...top, ...status, spec: 'resource/v1.ResourceClaimSpec'},
  'resource/v1.ResourceClaimSpec': {devices: 'resource/v1.DeviceClaim'},
  'resource/v1.DeviceClaim': {
    config: '[resource/v1.DeviceConfiguration]',
    constraints: '[resource/v1.DeviceConstraint]',
    requests: '[resource/v1.DeviceRequest]',
  },
  'resource/v1.DeviceConstraint': {
    distinctAttribute: 'string',
    matchAttribute: 'string',
    requests: '[string]',
  },
  'resource/v1.DeviceRequest': {
    exactly: 'resource/v1.ExactDeviceRequest',
    firstAvailable: '[resource/v1.DeviceSubRequest]',
    name: 'string',
  },
  'resource/v1.ExactDeviceRequest': {
    adminAccess: 'boolean',
    allocationMode: 'string',
    capacity: 'any',
    count: 'integer',
    deviceClassName: 'string',
    selectors: '[resource/v1.DeviceSelector]',
    tolerations: 'any',
  },
  'resource/v1.DeviceSubRequest': {
    allocationMode: 'string',
    capacity: 'any',
    count: 'integer',
    deviceClassName: 'string',
    name: 'string',
    selectors: '[resource/v1.DeviceSelector]',
    tolerations: 'any',
  },
  'resource/v1.ResourceClaimTemplate': {
    ...top,
    spec: 'resource/v1.ResourceClaimTemplateSpec',
  },
  'resource/v1.ResourceClaimTemplateSpec': {
    metadata: 'meta/v1.ObjectMeta',
    spec: 'resource/v1.ResourceClaimSpec',
  },
  'resource/v1.Free': {...top, ...status, spec: 'any'},
};

const resource = ['DeviceClass', 'ResourceClaim', 'ResourceClaimTemplate', 'ResourceSlice'];

/** Where a beta has another shape than v1, its spec is not checked. */
export const newerKinds: Record<string, string> = {
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicy':
    'admissionregistration/v1.MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding':
    'admissionregistration/v1.MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicy':
    'admissionregistration/v1.MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1beta1/MutatingAdmissionPolicyBinding':
    'admissionregistration/v1.MutatingAdmissionPolicyBinding',
  'certificates.k8s.io/v1beta1/ClusterTrustBundle': 'certificates/v1.ClusterTrustBundle',
  'certificates.k8s.io/v1beta1/PodCertificateRequest': 'certificates/v1.PodCertificateRequest',
  'coordination.k8s.io/v1beta1/LeaseCandidate': 'coordination/v1.LeaseCandidate',
  'networking.k8s.io/v1/IPAddress': 'networking/v1.IPAddress',
  'networking.k8s.io/v1/ServiceCIDR': 'networking/v1.ServiceCIDR',
  'networking.k8s.io/v1beta1/IPAddress': 'networking/v1.IPAddress',
  'networking.k8s.io/v1beta1/ServiceCIDR': 'networking/v1.ServiceCIDR',
  'resource.k8s.io/v1/DeviceClass': 'resource/v1.DeviceClass',
  'resource.k8s.io/v1/ResourceClaim': 'resource/v1.ResourceClaim',
  'resource.k8s.io/v1/ResourceClaimTemplate': 'resource/v1.ResourceClaimTemplate',
  'resource.k8s.io/v1/ResourceSlice': 'resource/v1.Free',
  'resource.k8s.io/v1beta2/DeviceTaintRule': 'resource/v1.Free',
  ...Object.fromEntries(
    ['v1beta1', 'v1beta2'].flatMap(version =>
      resource.map(kind => [`resource.k8s.io/${version}/${kind}`, 'resource/v1.Free']),
    ),
  ),
  'scheduling.k8s.io/v1alpha1/Workload': 'scheduling/v1.Workload',
  'scheduling.k8s.io/v1alpha2/PodGroup': 'scheduling/v1.PodGroup',
  'scheduling.k8s.io/v1alpha2/Workload': 'scheduling/v1.Workload',
  'storage.k8s.io/v1/VolumeAttributesClass': 'storage/v1.VolumeAttributesClass',
  'storage.k8s.io/v1beta1/VolumeAttributesClass': 'storage/v1.VolumeAttributesClass',
  'storagemigration.k8s.io/v1beta1/StorageVersionMigration':
    'storagemigration/v1.StorageVersionMigration',
};
