/** Objects that say little, by the path that they are created at: the rest is filled in. */
export const littleObjects: readonly (readonly [path: string, object: object])[] = [
  [
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'z' },
      spec: {
        hostNetwork: true,
        nodeSelector: { a: 'b' },
        tolerations: [{ key: 'x', operator: 'Exists' }],
        topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'x', whenUnsatisfiable: 'DoNotSchedule' }],
        securityContext: { runAsUser: 0 },
        containers: [
          {
            name: 'c',
            image: 'r.io:5000/i',
            ports: [{ containerPort: 80 }],
            resources: { requests: { cpu: '0.5', memory: '1.5Gi', 'ephemeral-storage': '1e3' } },
            readinessProbe: { tcpSocket: { port: 80 } },
          },
        ],
        volumes: [{ name: 'a', emptyDir: { sizeLimit: '1024Mi' } }],
      },
    },
  ],
  [
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'x' },
      spec: {
        containers: [
          {
            name: 'c',
            image: 'i:1',
            ports: [{ containerPort: 80 }],
            livenessProbe: { httpGet: { port: 80 } },
            startupProbe: { exec: { command: ['a'] }, timeoutSeconds: 7 },
            lifecycle: { preStop: { httpGet: { port: 'x' } } },
            env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            resources: { limits: { cpu: '1.0' } },
          },
          { name: 'd', image: 'i' },
        ],
        initContainers: [{ name: 'e', image: 'i:latest', resources: { requests: { memory: '1024Ki' } } }],
        volumes: [
          { name: 'a' },
          { name: 'b', secret: { secretName: 's' } },
          { name: 'c', configMap: { name: 's' } },
          { name: 'd', hostPath: { path: '/x' } },
          { name: 'e', projected: { sources: [{ configMap: { name: 'x' } }] } },
          { name: 'f', downwardAPI: { items: [{ path: 'x', fieldRef: { fieldPath: 'metadata.name' } }] } },
        ],
      },
    },
  ],
  [
    '/api/v1/namespaces/default/pods',
    {
      metadata: { name: 'y' },
      spec: { containers: [{ name: 'c', image: 'i:1', resources: { limits: { cpu: '100m', memory: '1Gi' } } }] },
    },
  ],
  [
    '/apis/apps/v1/namespaces/default/deployments',
    {
      metadata: { name: 'x' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      },
    },
  ],
  [
    '/apis/apps/v1/namespaces/default/statefulsets',
    {
      metadata: { name: 'x' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
        volumeClaimTemplates: [
          {
            metadata: { name: 'v' },
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
          },
        ],
      },
    },
  ],
  [
    '/apis/apps/v1/namespaces/default/daemonsets',
    {
      metadata: { name: 'x' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      },
    },
  ],
  [
    '/apis/apps/v1/namespaces/default/replicasets',
    {
      metadata: { name: 'x' },
      spec: {
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      },
    },
  ],
  [
    '/apis/batch/v1/namespaces/default/jobs',
    {
      metadata: { name: 'x' },
      spec: {
        template: {
          metadata: { labels: { a: 'b' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i:1' }] },
        },
      },
    },
  ],
  [
    '/apis/batch/v1/namespaces/default/cronjobs',
    {
      metadata: { name: 'x' },
      spec: {
        schedule: '* * * * *',
        jobTemplate: {
          spec: {
            template: {
              metadata: { labels: { a: 'b' } },
              spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i:1' }] },
            },
          },
        },
      },
    },
  ],
  [
    '/api/v1/namespaces/default/services',
    { metadata: { name: 'x' }, spec: { selector: { a: 'b' }, ports: [{ port: 80 }] } },
  ],
  [
    '/api/v1/namespaces/default/services',
    {
      metadata: { name: 'ci' },
      spec: {
        sessionAffinity: 'ClientIP',
        ports: [
          { port: 80, targetPort: 'web', name: 'a' },
          { port: 81, protocol: 'UDP', name: 'b' },
        ],
        selector: { a: 'b' },
      },
    },
  ],
  [
    '/apis/batch/v1/namespaces/default/jobs',
    {
      metadata: { name: 'l', labels: { x: 'y' } },
      spec: {
        parallelism: 2,
        template: {
          metadata: { labels: { a: 'b' } },
          spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'i:1' }] },
        },
      },
    },
  ],
  ['/api/v1/namespaces/default/configmaps', { metadata: { name: 'e', labels: {} }, data: {}, binaryData: {} }],
  [
    '/api/v1/namespaces/default/events',
    {
      metadata: { name: 'ev' },
      involvedObject: { kind: 'Pod', name: 'x', namespace: 'default' },
      reason: 'r',
      type: 'Normal',
    },
  ],
  [
    '/apis/apps/v1/namespaces/default/deployments',
    {
      metadata: { name: 'rc' },
      spec: {
        replicas: 0,
        strategy: { type: 'Recreate' },
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } },
      },
    },
  ],
  ['/apis/apps/v1/namespaces/default/controllerrevisions', { metadata: { name: 'cr' }, revision: 1, data: { a: 1 } }],
  ['/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations', { metadata: { name: 'm' }, webhooks: [] }],
  [
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    { metadata: { name: 'x' }, roleRef: { kind: 'ClusterRole', name: 'x' }, subjects: [{ kind: 'Group', name: 'u' }] },
  ],
  [
    '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers',
    {
      metadata: { name: 'v1' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }, maxReplicas: 3 },
    },
  ],
  [
    '/api/v1/namespaces/default/services',
    { metadata: { name: 'hl' }, spec: { clusterIP: 'None', ports: [{ port: 80, name: 'p' }] } },
  ],
  [
    '/api/v1/namespaces/default/services',
    { metadata: { name: 'np' }, spec: { type: 'NodePort', ports: [{ port: 80 }] } },
  ],
  [
    '/api/v1/namespaces/default/services',
    { metadata: { name: 'lb' }, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
  ],
  [
    '/api/v1/namespaces/default/services',
    { metadata: { name: 'ext' }, spec: { type: 'ExternalName', externalName: 'x.y' } },
  ],
  [
    '/api/v1/namespaces/default/persistentvolumeclaims',
    { metadata: { name: 'x' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } },
  ],
  [
    '/api/v1/persistentvolumes',
    {
      metadata: { name: 'x' },
      spec: { accessModes: ['ReadWriteOnce'], capacity: { storage: '1Gi' }, hostPath: { path: '/x' } },
    },
  ],
  ['/api/v1/nodes', { metadata: { name: 'x' } }],
  ['/api/v1/namespaces', { metadata: { name: 'x' } }],
  ['/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'x' } }],
  [
    '/api/v1/namespaces/default/endpoints',
    { metadata: { name: 'x' }, subsets: [{ addresses: [{ ip: '1.2.3.4' }], ports: [{ port: 80 }] }] },
  ],
  ['/api/v1/namespaces/default/resourcequotas', { metadata: { name: 'x' }, spec: { hard: { pods: '1' } } }],
  [
    '/api/v1/namespaces/default/limitranges',
    { metadata: { name: 'x' }, spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } },
  ],
  [
    '/api/v1/namespaces/default/replicationcontrollers',
    {
      metadata: { name: 'x' },
      spec: { template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i:1' }] } } },
    },
  ],
  [
    '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings',
    {
      metadata: { name: 'x' },
      roleRef: { kind: 'Role', name: 'x' },
      subjects: [
        { kind: 'User', name: 'u' },
        { kind: 'ServiceAccount', name: 's' },
      ],
    },
  ],
  ['/apis/rbac.authorization.k8s.io/v1/clusterroles', { metadata: { name: 'x' }, rules: [] }],
  [
    '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
    {
      metadata: { name: 'x' },
      spec: {
        rules: [
          {
            host: 'a.b',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 's', port: { number: 80 } } } }],
            },
          },
        ],
      },
    },
  ],
  [
    '/apis/networking.k8s.io/v1/namespaces/default/networkpolicies',
    { metadata: { name: 'x' }, spec: { ingress: [{ ports: [{ port: 80 }] }] } },
  ],
  [
    '/apis/policy/v1/namespaces/default/poddisruptionbudgets',
    { metadata: { name: 'x' }, spec: { selector: { matchLabels: { a: 'b' } }, minAvailable: 1 } },
  ],
  [
    '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers',
    {
      metadata: { name: 'x' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }, maxReplicas: 3 },
    },
  ],
  ['/apis/coordination.k8s.io/v1/namespaces/default/leases', { metadata: { name: 'x' }, spec: {} }],
  ['/apis/storage.k8s.io/v1/storageclasses', { metadata: { name: 'x' }, provisioner: 'p' }],
  ['/apis/scheduling.k8s.io/v1/priorityclasses', { metadata: { name: 'x' }, value: 5 }],
  [
    '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices',
    { metadata: { name: 'x' }, addressType: 'IPv4', endpoints: [{ addresses: ['1.2.3.4'] }], ports: [{ port: 80 }] },
  ],
  [
    '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations',
    {
      metadata: { name: 'x' },
      webhooks: [
        {
          name: 'a.b.c',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { namespace: 'n', name: 's' } },
          rules: [{ apiGroups: [''], apiVersions: ['v1'], resources: ['pods'], operations: ['CREATE'] }],
          objectSelector: { matchLabels: { never: 'ever' } },
        },
      ],
    },
  ],
  [
    '/apis/events.k8s.io/v1/namespaces/default/events',
    {
      metadata: { name: 'x' },
      eventTime: '2030-01-01T00:00:00.000000Z',
      reportingController: 'a',
      reportingInstance: 'b',
      action: 'c',
      reason: 'd',
      type: 'Normal',
      regarding: { kind: 'Pod', name: 'x', namespace: 'default' },
    },
  ],
  ['/apis/node.k8s.io/v1/runtimeclasses', { metadata: { name: 'x' }, handler: 'h' }],
  ['/apis/networking.k8s.io/v1/ingressclasses', { metadata: { name: 'x' }, spec: { controller: 'a/b' } }],
  ['/apis/storage.k8s.io/v1/csidrivers', { metadata: { name: 'x' }, spec: {} }],
];
