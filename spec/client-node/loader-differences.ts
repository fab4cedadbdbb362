import type { Received } from '../kubeconfig/corpus/kubeconfig-case.ts';

type Outcome = string | Received;

const sent = (more: Omit<Received, 'path' | 'scheme'> = {}): Received => ({
  path: '/version',
  scheme: 'https',
  ...more,
});
const one = { authorization: 'Bearer one' };
const notLoaded = (...names: readonly string[]): Readonly<Record<string, Outcome>> =>
  Object.fromEntries(names.map((name) => [name, 'not loaded']));

/**
 * What client-node's loader does otherwise than kubectl and `loadKubeConfig`, by its title in docs/connections.md, with the cases of
 * the corpus that show it. `not loaded` is an error of the loader.
 */
export const loaderDifferences: Readonly<Record<string, Readonly<Record<string, Outcome>>>> = {
  'Several files': {
    ...notLoaded(
      'two files with a cluster of one name: the first counts',
      'two files with a user of one name: nothing of the second is added',
      'two files with a context of one name: its namespace is not added',
      'two files, of which the first is missing',
      'two files, of which the first is empty',
      'two files, of which the second is no YAML',
      'one file twice',
    ),
    'two files that choose a context: the first counts': 'UnknownContext',
  },
  'Broken entries and empty files': notLoaded(
    'an empty file',
    'nothing but a comment',
    'a missing file',
    'a directory in place of a file',
    'another context',
    'broken entries that are not used',
    'broken entries that are used',
    'a context that is not there',
    'a context without a cluster',
    'a cluster without a server',
    'an entry without a name',
  ),
  'The version of YAML': {
    ...notLoaded(
      'UTF-16, as PowerShell writes it',
      'a field twice: the last counts',
      'a second document',
      'tabs in place of blanks',
      'two clusters of one name',
    ),
    'a yes for true': 'Network',
    'anchors and merge keys': sent({ impersonation: { 'impersonate-user': ['admin'] } }),
  },
  'Invalid kubeconfigs': {
    'a yes for a name': sent(),
    'a text for true': 'Network',
    'another apiVersion': sent(one),
    'another kind': sent(one),
    'a list in place of a kubeconfig': 'NoContext',
    'a text in place of a kubeconfig': 'NoContext',
    'users that are a map': sent(),
    'no host': 'Network',
  },
  'Token files': {
    'a token file': sent(),
    'a token and a token file': sent(one),
    'a token file that is missing': sent(),
    'a token file that is empty': sent(),
    'a path of a CA, taken from the directory of its file': sent(),
    'paths of a second file, taken from its own directory': sent(),
  },
  Impersonation: {
    'as somebody with a uid, groups and extras': sent({ ...one, impersonation: { 'impersonate-user': ['admin'] } }),
    'an extra whose name can be no header': sent({ ...one, impersonation: { 'impersonate-user': ['admin'] } }),
    'as somebody whose name is not ASCII': sent({ ...one, impersonation: { 'impersonate-user': ['Jürgen 東'] } }),
    'groups of nobody': sent(one),
    'a uid of nobody': sent(one),
    'extras of nobody': sent(),
  },
  'What plugins are told and where they are': {
    'a plugin by a path in the directory of its file': 'Credentials',
    'all that a plugin is told of its cluster': sent({
      serverName: 'localhost',
      authorization: `told ${JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        spec: {
          cluster: {
            'certificate-authority-data': '{{ca}}',
            config: null,
            server: 'https://{{https}}',
            'tls-server-name': 'localhost',
          },
          interactive: false,
        },
      })}`,
    }),
  },
};
