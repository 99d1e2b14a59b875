// What changes behaviour in a real cluster and not yet here: the one list to shorten when a part
// comes to life. Kinds and fields that are in neither list are modelled, or change nothing that is
// simulated (annotations, commands, environment, security contexts, pull secrets …).

/** By kind; such an object is read and checked, and named once a file. */
export const unmodelledKinds: ReadonlySet<string> = new Set([
  'CSIDriver',
  'CSINode',
  'DeviceClass',
  'DeviceTaintRule',
  'FlowSchema',
  'HorizontalPodAutoscaler',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'NetworkPolicy',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'PodGroup',
  'PriorityLevelConfiguration',
  'ResourceClaim',
  'ResourceClaimTemplate',
  'ResourceSlice',
  'RuntimeClass',
  'StatefulSet',
  'StorageClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
  'Workload',
]);

/** By type of the field tables. */
export const unmodelledFields: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    'core/v1.PodSpec',
    new Set([
      'activeDeadlineSeconds',
      'ephemeralContainers',
      'readinessGates',
      'resourceClaims',
      'runtimeClassName',
      'schedulingGroup',
      'workloadRef',
    ]),
  ],
  ['core/v1.Container', new Set(['restartPolicyRules'])],
  ['batch/v1.JobSpec', new Set(['managedBy', 'manualSelector'])],
  ['core/v1.ResourceRequirements', new Set(['claims'])],
  [
    'core/v1.Volume',
    new Set([
      'awsElasticBlockStore',
      'azureDisk',
      'cinder',
      'csi',
      'ephemeral',
      'gcePersistentDisk',
      'iscsi',
      'persistentVolumeClaim',
      'rbd',
    ]),
  ],
  ['core/v1.ServiceSpec', new Set(['ipFamilies', 'ipFamilyPolicy'])],
  ['core/v1.ServicePort', new Set(['appProtocol'])],
  ['networking/v1.IngressClassSpec', new Set(['parameters'])],
]);
