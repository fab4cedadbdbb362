import { type KubeConfigCase, one, trusted } from './kubeconfig-case.ts';

const v1 = 'client.authentication.k8s.io/v1';
const v1beta1 = 'client.authentication.k8s.io/v1beta1';

const usual = { apiVersion: v1, command: './plugin.sh', interactiveMode: 'Never' };

const script = (lines: string): string => `#!/bin/sh\n${lines}\n`;
const says = (answer: object): string => script(`cat <<'E'\n${JSON.stringify(answer)}\nE`);
const gives = (status: object, apiVersion = v1): string => says({ apiVersion, kind: 'ExecCredential', status });
/** Its token is what it was told. */
const echo = (apiVersion = v1): string =>
  script(
    `printf '{"apiVersion":"${apiVersion}","kind":"ExecCredential","status":{"token":"%s"}}' ` +
      `"$(printf %s "$KUBERNETES_EXEC_INFO" | base64 | tr -d '\\n')"`,
  );

const of = (
  plugin: string,
  exec: object = {},
  more: { readonly user?: object; readonly cluster?: object } = {},
): KubeConfigCase['files'] => ({
  'plugin.sh': plugin,
  config: one({ ...trusted, ...more.cluster }, { exec: { ...usual, ...exec }, ...more.user }),
});
const without = (name: keyof typeof usual): KubeConfigCase['files'] => of(gives({ token: 'one' }), { [name]: '' });
const pair = { clientCertificateData: '{{cert.json}}', clientKeyData: '{{key.json}}' };
const audience = { name: v1.replace('/v1', '/exec'), extension: { audience: 'a' } };

/** Credential plugins. */
export const plugins: readonly KubeConfigCase[] = [
  { name: 'a plugin', files: of(gives({ token: 'one' })) },
  {
    name: 'a plugin of v1beta1, without interactiveMode',
    files: of(gives({ token: 'one' }, v1beta1), { apiVersion: v1beta1, interactiveMode: '' }),
  },
  { name: 'a plugin of v1 without interactiveMode', files: without('interactiveMode'), refused: 'Exec' },
  { name: 'a plugin of v1alpha1', files: of('', { apiVersion: v1.replace('v1', 'v1alpha1') }), refused: 'Exec' },
  { name: 'a plugin without apiVersion', files: without('apiVersion'), refused: 'Exec' },
  { name: 'a plugin without a command', files: without('command'), refused: 'Exec' },
  { name: 'a plugin of another interactiveMode', files: of('', { interactiveMode: 'Sometimes' }), refused: 'Exec' },
  { name: 'a plugin that needs a terminal', files: of('', { interactiveMode: 'Always' }), refused: 'Credentials' },
  { name: 'a plugin that may have a terminal', files: of(echo(), { interactiveMode: 'IfAvailable' }) },
  { name: 'what a plugin is told', files: of(echo()) },
  { name: 'what a plugin of v1beta1 is told', files: of(echo(v1beta1), { apiVersion: v1beta1 }) },
  { name: 'what a plugin is told of its cluster', files: of(echo(), { provideClusterInfo: true }) },
  {
    name: 'all that a plugin is told of its cluster',
    files: of(
      echo(),
      { provideClusterInfo: true },
      {
        cluster: { 'tls-server-name': 'localhost', 'disable-compression': true, extensions: [audience] },
      },
    ),
  },
  {
    name: 'what a plugin is told of a CA in a file',
    files: {
      ...of(
        echo(),
        { provideClusterInfo: true },
        { cluster: { 'certificate-authority-data': '', 'certificate-authority': 'ca.pem' } },
      ),
      'ca.pem': '{{ca.pem}}',
    },
  },
  {
    name: 'a plugin by a path in the directory of its file',
    files: {
      'sub/bin/plugin.sh': gives({ token: 'sub' }),
      'sub/config': one(trusted, { exec: { ...usual, command: 'bin/plugin.sh' } }),
    },
    kubeconfig: ['sub/config'],
  },
  {
    name: 'a plugin in PATH',
    files: {
      'bin/plugin.sh': gives({ token: 'path' }),
      config: one(trusted, { exec: { ...usual, command: 'plugin.sh' } }),
    },
  },
  {
    name: 'a plugin that is not there',
    files: of('', { command: './missing.sh', installHint: 'install it' }),
    refused: 'Credentials',
  },
  { name: 'a plugin that fails', files: of(script('exit 3')), refused: 'Credentials' },
  {
    name: 'a plugin that answers in another version',
    files: of(gives({ token: 'one' }, v1beta1)),
    refused: 'Credentials',
  },
  {
    name: 'a plugin that answers with another kind',
    files: of(says({ apiVersion: v1, kind: 'Pod' })),
    refused: 'Credentials',
  },
  {
    name: 'a plugin that answers without a status',
    files: of(says({ apiVersion: v1, kind: 'ExecCredential' })),
    refused: 'Credentials',
  },
  { name: 'a plugin that answers with an empty status', files: of(gives({})), refused: 'Credentials' },
  { name: 'a plugin that answers with nothing', files: of(script('true')), refused: 'Credentials' },
  { name: 'a plugin that answers with a word', files: of(script('echo one')), refused: 'Credentials' },
  {
    name: 'a plugin that answers in YAML',
    files: of(script(`printf 'apiVersion: ${v1}\\nkind: ExecCredential\\nstatus: {token: one}\\n'`)),
  },
  { name: 'a plugin with a number for a token', files: of(gives({ token: 1 })), refused: 'Credentials' },
  { name: 'a plugin with a line end in its token', files: of(gives({ token: 'one\n' })), refused: 'Credentials' },
  {
    name: 'a plugin with an end that is no time',
    files: of(gives({ token: 'one', expirationTimestamp: 'soon' })),
    refused: 'Credentials',
  },
  {
    name: 'a plugin with an end that is over',
    files: of(gives({ token: 'one', expirationTimestamp: '2020-01-01T00:00:00Z' })),
  },
  {
    name: 'a plugin with an end to come',
    files: of(gives({ token: 'one', expirationTimestamp: '2099-01-01T00:00:00.5+01:00' })),
  },
  { name: 'a plugin with a certificate and its key', files: of(gives(pair)) },
  { name: 'a plugin with a certificate, its key and a token', files: of(gives({ ...pair, token: 'one' })) },
  {
    name: 'a plugin with a certificate alone',
    files: of(gives({ clientCertificateData: pair.clientCertificateData })),
    refused: 'Credentials',
  },
  {
    name: 'a plugin with a certificate that is none',
    files: of(gives({ clientCertificateData: 'a', clientKeyData: 'b' })),
    refused: 'Credentials',
  },
  {
    name: 'arguments and variables of a plugin',
    files: of(
      script(`printf '{"apiVersion":"${v1}","kind":"ExecCredential","status":{"token":"%s-%s-%s"}}' "$1" "$2" "$ONE"`),
      { args: ['a b', 'c'], env: [{ name: 'ONE', value: '1' }] },
    ),
  },
  { name: 'a variable of a plugin without a name', files: of('', { env: [{ value: '1' }] }), refused: 'Exec' },
  { name: 'a plugin and a token', files: of(script('exit 1'), {}, { user: { token: 'one' } }) },
  {
    name: 'a plugin and a client certificate',
    files: of(script('exit 1'), {}, { user: { 'client-certificate-data': '{{cert}}', 'client-key-data': '{{key}}' } }),
  },
  {
    name: 'a plugin and an auth-provider',
    files: of('', {}, { user: { 'auth-provider': { name: 'oidc' } } }),
    refused: 'Exec',
  },
  {
    name: 'a plugin, over plain http',
    files: of(gives({ token: 'one' }), {}, { cluster: { server: 'http://{{http}}' } }),
  },
];
