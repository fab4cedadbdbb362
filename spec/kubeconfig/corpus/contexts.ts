import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const plain = one(trusted, { token: 'one' });

const two = JSON.stringify({
  'current-context': 'c',
  clusters: [
    { name: 'k', cluster: trusted },
    { name: 'broken', cluster: { server: 'https://{{https}}', 'certificate-authority': 'missing.crt' } },
    { name: 'nothing' },
  ],
  users: [
    { name: 'u', user: { token: 'one' } },
    { name: 'v', user: { token: 'two' } },
    { name: 'broken', user: { username: 'name', password: 'word', exec: {} } },
  ],
  contexts: [
    { name: 'c', context: { cluster: 'k', user: 'u' } },
    { name: 'd', context: { cluster: 'k', user: 'v', namespace: 'n' } },
    { name: 'broken', context: { cluster: 'broken', user: 'broken' } },
    { name: 'nothing', context: { cluster: 'nothing', user: 'u' } },
  ],
});

const anonymous = { title: titles.prompt, kuberx: { path: '/version', scheme: 'https' } } as const;

/** Which context is used, and what it names. */
export const contexts: readonly KubeConfigCase[] = [
  { name: 'another context', files: { config: two }, context: 'd' },
  { name: 'broken entries that are not used', files: { config: two } },
  { name: 'broken entries that are used', files: { config: two }, context: 'broken', refused: 'BasicAuth' },
  { name: 'a context that is not there', files: { config: two }, context: 'other', refused: 'UnknownContext' },
  {
    name: 'a current context that is not there',
    files: { config: plain.replace('"current-context":"c"', '"current-context":"other"') },
    refused: 'UnknownContext',
  },
  {
    name: 'no current context',
    files: { config: plain.replace('"current-context":"c",', '') },
    differs: { title: titles.localhost, kuberx: 'NoContext' },
  },
  {
    name: 'a context without a cluster',
    files: { config: plain.replace('"cluster":"k",', '') },
    differs: { title: titles.localhost, kuberx: 'UnknownCluster' },
  },
  {
    name: 'a context of a cluster that is not there',
    files: { config: plain.replace('"cluster":"k",', '"cluster":"other",') },
    differs: { title: titles.localhost, kuberx: 'UnknownCluster' },
  },
  {
    name: 'a cluster without a server',
    files: { config: two },
    context: 'nothing',
    differs: { title: titles.localhost, kuberx: 'Server' },
  },
  { name: 'a context without a user', files: { config: one(trusted) }, differs: anonymous },
  { name: 'a context without a user, of plain http', files: { config: one({ server: 'http://{{http}}' }) } },
  {
    name: 'a context of a user that is not there',
    files: { config: plain.replace('"user":"u"', '"user":"other"') },
    differs: anonymous,
  },
  { name: 'a context with a namespace', files: { config: one(trusted, { token: 'one' }, { namespace: 'n' }) } },
  {
    name: 'an entry without a name',
    files: { config: plain.replaceAll('"name":"u",', '').replace(',"user":"u"', '') },
  },
  {
    name: 'extensions',
    files: {
      config: one(
        { ...trusted, extensions: [{ name: 'minikube.sigs.k8s.io', extension: { version: 'v1', n: 1 } }] },
        { token: 'one', extensions: [{ name: 'e', extension: {} }] },
      ),
    },
  },
];
