import type { Command } from './command.ts';

const image = 'registry.example.io/image:1';

const names = { plural: 'gears', singular: 'gear', kind: 'Gear', listKind: 'GearList' };

/** With descriptions, lists and maps, for `explain`. */
const definition = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'gears.peers.example.io' },
  spec: {
    group: 'peers.example.io',
    scope: 'Namespaced',
    names,
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: { scale: { specReplicasPath: '.spec.teeth', statusReplicasPath: '.status.teeth' } },
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'A gear of some size.',
            required: ['spec'],
            properties: {
              spec: {
                type: 'object',
                description: 'What is wanted.',
                required: ['teeth'],
                properties: {
                  teeth: { type: 'integer', minimum: 1, description: 'How many.' },
                  metal: { type: 'string', enum: ['iron', 'brass'], default: 'iron', description: 'Of what.' },
                  holes: {
                    type: 'array',
                    description: 'Where it is fixed.',
                    items: { type: 'object', properties: { at: { type: 'string', description: 'Where.' } } },
                  },
                  notes: { type: 'object', additionalProperties: { type: 'string' }, description: 'By name.' },
                  size: { 'x-kubernetes-int-or-string': true, description: 'In mm, or in words.' },
                },
              },
              status: { type: 'object', properties: { teeth: { type: 'integer' } } },
            },
          },
        },
      },
    ],
  },
};

function gear(spec: object): object {
  return { apiVersion: 'peers.example.io/v1', kind: 'Gear', metadata: { name: 'g' }, spec };
}

function pod(name: string, spec: object): object {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: 'web' } }, spec };
}

/** Makes what is looked at below: typed, hence as protobuf. */
const made: readonly Command[] = [
  { line: 'create namespace daily' },
  { line: `create deployment web --image=${image} --replicas=2 --port=80` },
  { line: `create deployment web --image=${image}` },
  { line: `create job once --image=${image} -- date -u` },
  { line: `create cronjob often --image=${image} --schedule='*/5 * * * *'` },
  { line: 'create job now --from=cronjob/often' },
  { line: 'create service clusterip web --tcp=80:8080' },
  { line: 'create service nodeport open --tcp=80:8080' },
  { line: 'create service externalname far --external-name=example.com' },
  { line: `create ingress web --rule='web.example.com/*=web:80'` },
  { line: 'create quota few --hard=pods=20,cpu=2' },
  { line: 'create poddisruptionbudget web --selector=app=web --min-available=1' },
  { line: 'create priorityclass high --value=1000 --description=urgent' },
  { line: 'create clusterrole look --verb=get,list --resource=pods,deployments.apps' },
  { line: 'create clusterrolebinding look --clusterrole=look --user=ann --group=team' },
  { line: 'create rolebinding look --clusterrole=look --serviceaccount=peers:made' },
  { line: 'create secret docker-registry pull --docker-username=u --docker-password=p' },
  { line: `create configmap file --from-literal=a=1 --from-literal='b=two words'` },
  { line: `create configmap shown --from-literal=a=1 --dry-run=client -o yaml` },
  { line: `run one --image=${image} --port=80 --env=A=b --labels=app=web` },
  { line: `run never --image=${image} --dry-run=server -o yaml` },
  {
    line: 'create -f -',
    input: [
      pod('full', {
        containers: [
          {
            name: 'main',
            image: 'registry.example.io/image',
            ports: [{ name: 'http', containerPort: 80 }],
            resources: { limits: { cpu: '0.5', memory: '1024Mi' } },
            livenessProbe: { httpGet: { port: 'http' } },
            env: [{ name: 'NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }],
            volumeMounts: [{ name: 'config', mountPath: '/etc/config' }],
          },
        ],
        volumes: [{ name: 'config', configMap: { name: 'file' } }],
      }),
    ],
  },
];

const looked: readonly Command[] = [
  { line: 'get deploy,rs,pods -l app=web' },
  { line: 'get deploy web -o yaml' },
  { line: 'get pod full -o yaml' },
  { line: 'get pod full -o json' },
  { line: 'get svc web -o yaml' },
  { line: 'get pods --field-selector=status.phase=Pending -o name' },
  { line: 'get pods --sort-by=.metadata.name --no-headers' },
  { line: 'get pods -o go-template={{range.items}}{{.metadata.name}}{{end}}' },
  { line: 'get pods -L app --show-kind' },
  { line: 'get pods -A --no-headers' },
  { line: 'get jobs' },
  { line: 'get jobs -o wide' },
  { line: 'get cronjobs' },
  { line: 'get ingress' },
  { line: 'get quota' },
  { line: 'get pdb' },
  { line: 'get priorityclass high' },
  { line: 'get clusterrole look -o yaml' },
  { line: 'get clusterrolebinding look -o wide' },
  { line: 'get rolebindings -o wide' },
  { line: 'get sa' },
  { line: 'get secrets' },
  { line: 'get svc -o wide' },
  { line: 'get endpoints' },
  { line: 'get leases' },
  { line: 'get ns daily --show-labels' },
  { line: 'describe svc web' },
  { line: 'describe job once' },
  { line: 'describe cronjob often' },
  { line: 'describe ingress web' },
  { line: 'describe quota few' },
  { line: 'describe pdb web' },
  { line: 'describe role made' },
  { line: 'describe rolebinding look' },
  { line: 'describe clusterrole look' },
  { line: 'describe sa made' },
  { line: 'describe secret pull' },
  { line: 'describe ns daily' },
  { line: 'describe node n' },
  { line: 'describe hpa d' },
  { line: 'describe pod full' },
  { line: 'describe deploy web' },
  { line: 'describe priorityclass high' },
  { line: 'cluster-info' },
  { line: 'top pods' },
  { line: 'api-resources --namespaced=false --verbs=list -o name' },
];

const changed: readonly Command[] = [
  {
    line: `patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"name":"image","env":[{"name":"A","value":"1"}]}]}}}}'`,
  },
  { line: `patch deploy web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":4}]'` },
  {
    line: `patch deploy web -p '{"spec":{"template":{"spec":{"containers":[{"$patch":"delete","name":"image"},{"name":"other","image":"i:2"}]}}}}'`,
  },
  { line: 'get deploy web -o jsonpath={.spec.template.spec.containers}' },
  { line: `patch deploy web -p '{"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}'` },
  { line: 'get deploy web -o jsonpath={.spec.strategy}' },
  { line: 'set resources deploy web --limits=cpu=200m,memory=512Mi' },
  { line: 'set serviceaccount deploy web made' },
  { line: 'set selector svc web app=other' },
  { line: 'scale deploy web --replicas=1 --current-replicas=9' },
  { line: 'scale deploy web --replicas=1' },
  { line: 'rollout status deploy/web --timeout=1s' },
  { line: 'rollout undo deploy/web' },
  { line: 'rollout resume deploy/web' },
  { line: 'label pods --all tier=front' },
  { line: 'label pod one --list', isUnordered: true },
  { line: 'label pod one tier-' },
  { line: 'label pod one app=other' },
  { line: 'annotate pod one note-' },
  { line: 'annotate deploy web kubernetes.io/change-cause=none' },
  { line: 'rollout history deploy/web' },
  { line: 'apply view-last-applied cm made' },
  { line: 'uncordon n' },
  { line: 'drain n --ignore-daemonsets --force' },
  { line: 'taint node n k-' },
  { line: 'create -f -', input: [pod('Bad_Name', { containers: [{ name: 'c', image }] })] },
  { line: 'create -f -', input: [{ ...pod('odd', { containers: [{ name: 'c', image, imagePolicy: 'x' }] }) }] },
  { line: 'create --validate=warn -f -', input: [pod('odd', { containers: [{ name: 'c', image }], nodename: 'x' })] },
  { line: 'create -f -', input: [pod('wrong', { containers: [{ name: 'c', image }], priority: 'high' })] },
  { line: 'create -f -', input: [pod('none', { containers: [] })] },
  {
    line: 'auth reconcile -f -',
    input: [
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'more' },
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
      },
    ],
  },
  { line: 'create token made', lacks: 'tokens' },
  { line: 'logs one', lacks: 'logs' },
];

const custom: readonly Command[] = [
  { line: 'create -f -', input: [definition] },
  { line: 'wait --for=condition=Established crd/gears.peers.example.io --timeout=20s' },
  { line: 'get --raw /apis/peers.example.io/v1/namespaces/peers/gears' },
  { line: 'explain gears.spec' },
  { line: 'explain gear.spec.holes' },
  { line: 'explain gears.spec.metal' },
  { line: 'explain gears.spec.none' },
  { line: 'explain gears.spec --recursive' },
  { line: 'create -f -', input: [gear({ teeth: 12 })] },
  { line: 'apply -f -', input: [gear({ teeth: 13, notes: { a: 'b' } })] },
  { line: 'apply -f -', input: [gear({ teeth: 14, size: '5' })] },
  { line: 'get gears g -o yaml' },
  { line: 'describe gear g' },
  { line: 'scale gear g --replicas=20' },
  { line: 'get gear g -o jsonpath={.spec.teeth}' },
  { line: 'create -f -', input: [gear({ teeth: 0, metal: 'gold' })], isUnordered: true },
  { line: 'apply --server-side -f -', input: [{ ...gear({ teeth: 1, toth: 1 }), metadata: { name: 'h' } }] },
  { line: 'explain pods.spec.nothing' },
  { line: 'explain pods.spec.containers --recursive', lacks: 'descriptions of built-in types' },
];

const gone: readonly Command[] = [
  { line: 'delete pod one full --now' },
  { line: 'delete deploy web' },
  { line: 'delete job,cronjob --all' },
  { line: 'delete svc web open far' },
  { line: 'delete ingress,pdb,quota --all' },
  { line: 'delete clusterrole,clusterrolebinding look' },
  { line: 'delete priorityclass high' },
  { line: 'delete pod none --ignore-not-found' },
  { line: 'delete crd gears.peers.example.io' },
  { line: 'delete node n' },
  { line: 'delete ns daily' },
];

/** What people do all day. */
export const dailyCommands: readonly Command[] = [...made, ...looked, ...changed, ...custom, ...gone];
