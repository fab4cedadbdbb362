import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const plain = one(trusted, { token: 'one' });

const entries = (names: { cluster?: object; user?: object; context?: object; current?: string }): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    ...(names.current !== undefined && { 'current-context': names.current }),
    ...(names.cluster !== undefined && { clusters: [{ name: 'k', cluster: names.cluster }] }),
    ...(names.user !== undefined && { users: [{ name: 'u', user: names.user }] }),
    ...(names.context !== undefined && { contexts: [{ name: 'c', context: names.context }] }),
  });

const yaml = (user: string, more = ''): string => `apiVersion: v1
kind: Config
current-context: c
clusters:
- name: k
  cluster:
    server: https://{{https}}
    certificate-authority-data: {{ca}}
contexts:
- {name: c, context: {cluster: k, user: u}}
users:
- name: u
  user: ${user}
${more}`;

const anonymous = { title: titles.prompt, kuberx: { path: '/version', scheme: 'https' } } as const;

/** What files there are, and what is in them. */
export const loading: readonly KubeConfigCase[] = [
  { name: 'a cluster, a user and a context', files: { config: plain } },
  { name: 'YAML in blocks', files: { config: yaml('{token: one}') } },
  { name: 'neither kind nor apiVersion', files: { config: plain.replace('"apiVersion":"v1","kind":"Config",', '') } },
  { name: 'a mark of UTF-8', files: { config: `\uFEFF${yaml('{token: one}')}` } },
  { name: 'UTF-16, as PowerShell writes it', files: { config: `\uFEFF${yaml('{token: one}')}` }, encoding: 'utf-16le' },
  { name: 'line ends of Windows', files: { config: yaml('{token: one}').replaceAll('\n', '\r\n') } },
  {
    name: 'an empty file',
    files: { config: '' },
    differs: { title: titles.localhost, kuberx: 'NoContext' },
  },
  {
    name: 'nothing but a comment',
    files: { config: '# nothing\n' },
    differs: { title: titles.localhost, kuberx: 'NoContext' },
  },
  { name: 'a missing file', files: {}, differs: { title: titles.localhost, kuberx: 'NotFound' } },
  { name: 'a directory in place of a file', files: { 'config/': '' }, refused: 'Unreadable' },
  {
    name: 'two files, of which the first chooses the context of the second',
    files: {
      config: entries({ current: 'c' }),
      other: entries({ cluster: trusted, user: { token: 'two' }, context: { cluster: 'k', user: 'u' } }),
    },
    kubeconfig: ['config', 'other'],
  },
  {
    name: 'two files with a cluster of one name: the first counts',
    files: { config: plain, other: entries({ cluster: { server: 'https://192.0.2.1' } }) },
    kubeconfig: ['config', 'other'],
  },
  {
    name: 'two files with a user of one name: nothing of the second is added',
    files: { config: plain, other: entries({ user: { as: 'admin', 'as-groups': ['a'] } }) },
    kubeconfig: ['config', 'other'],
  },
  {
    name: 'two files with a context of one name: its namespace is not added',
    files: { config: plain, other: entries({ context: { namespace: 'n', cluster: 'other' } }) },
    kubeconfig: ['config', 'other'],
  },
  {
    name: 'two files that choose a context: the first counts',
    files: { config: plain, other: entries({ current: 'other' }) },
    kubeconfig: ['config', 'other'],
  },
  {
    name: 'two files, of which only the second chooses a context',
    files: { config: plain.replace('"current-context":"c",', ''), other: entries({ current: 'c' }) },
    kubeconfig: ['config', 'other'],
  },
  { name: 'two files, of which the first is missing', files: { other: plain }, kubeconfig: ['config', 'other'] },
  {
    name: 'two files, of which the first is empty',
    files: { config: '', other: plain },
    kubeconfig: ['config', 'other'],
  },
  { name: 'one file twice', files: { config: plain }, kubeconfig: ['config', 'config'] },
  { name: 'empty names of files', files: { config: plain }, kubeconfig: ['', 'config', ''] },
  {
    name: 'two files, of which the second is no YAML',
    files: { config: plain, other: 'a: [' },
    kubeconfig: ['config', 'other'],
    refused: 'Syntax',
  },
  { name: 'the file in the home directory', files: { '.kube/config': plain }, kubeconfig: [] },
  { name: 'a field that nobody knows', files: { config: one({ ...trusted, colour: 'blue' }, { token: 'one' }) } },
  { name: 'a field in other letters', files: { config: one(trusted, { Token: 'one' }) }, differs: anonymous },
  { name: 'a number for a token', files: { config: yaml('{token: 12345}') }, refused: 'Syntax' },
  {
    name: 'a number for a name',
    files: { config: yaml('{token: one}').replace('name: u', 'name: 7') },
    refused: 'Syntax',
  },
  {
    name: 'a yes for a name',
    files: { config: yaml('{token: one}').replace('name: u', 'name: yes') },
    refused: 'Syntax',
  },
  { name: 'a day for a token', files: { config: yaml('{token: 2026-01-01}') } },
  { name: 'a time of base 60 for a token', files: { config: yaml('{token: 12:30}') } },
  {
    name: 'a yes for true',
    files: {
      config: yaml('{token: one}').replace('certificate-authority-data: {{ca}}', 'insecure-skip-tls-verify: yes'),
    },
  },
  {
    name: 'a text for true',
    files: {
      config: yaml('{token: one}').replace('certificate-authority-data: {{ca}}', 'insecure-skip-tls-verify: "true"'),
    },
    refused: 'Syntax',
  },
  {
    name: 'two clusters of one name',
    files: { config: plain.replace('"clusters":[', '"clusters":[{"name":"k"},') },
    refused: 'Syntax',
  },
  { name: 'a field twice: the last counts', files: { config: yaml('{token: one, token: two}') } },
  { name: 'anchors and merge keys', files: { config: yaml('{<<: &a {token: one}, as: admin}') } },
  { name: 'a second document', files: { config: `${yaml('{token: one}')}---\ncurrent-context: other\n` } },
  { name: 'tabs in place of blanks', files: { config: yaml('\n\t\ttoken: one') }, refused: 'Syntax' },
  { name: 'another apiVersion', files: { config: plain.replace('"v1"', '"v2"') }, refused: 'Syntax' },
  { name: 'another kind', files: { config: plain.replace('"Config"', '"Pod"') }, refused: 'Syntax' },
  { name: 'a list in place of a kubeconfig', files: { config: `[${plain}]` }, refused: 'Syntax' },
  { name: 'a text in place of a kubeconfig', files: { config: 'hello' }, refused: 'Syntax' },
  {
    name: 'data that is no base64, of a user that is not used',
    files: { config: yaml('{token: one}', '- {name: other, user: {client-key-data: "%"}}\n') },
    refused: 'Syntax',
  },
  {
    name: 'data with line ends',
    files: { config: yaml('{token: one}').replace('{{ca}}', '|\n      {{ca}}\n') },
  },
  {
    name: 'users that are a map',
    files: { config: plain.replace(/"users":.*?\],/, '"users":{},') },
    refused: 'Syntax',
  },
  { name: 'a user that is null', files: { config: yaml('null') }, differs: anonymous },
  {
    name: 'users that are null',
    files: { config: plain.replace(/"users":.*?\],/, '"users":null,') },
    differs: anonymous,
  },
  {
    name: 'a path of a CA, taken from the directory of its file',
    files: {
      'sub/config': one({ server: trusted.server, 'certificate-authority': 'pki/ca.crt' }, { tokenFile: '../token' }),
      'sub/pki/ca.crt': '{{ca.pem}}',
      token: 'in a file',
    },
    kubeconfig: ['sub/config'],
  },
  {
    name: 'paths of a second file, taken from its own directory',
    files: {
      config: entries({ current: 'c', user: { tokenFile: 'token' } }),
      token: 'one',
      'sub/other': entries({
        cluster: { server: trusted.server, 'certificate-authority': 'ca.crt' },
        context: { cluster: 'k', user: 'u' },
      }),
      'sub/ca.crt': '{{ca.pem}}',
      'sub/token': 'two',
    },
    kubeconfig: ['config', 'sub/other'],
  },
];
