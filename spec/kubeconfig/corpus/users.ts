import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const of = (user: object, files: KubeConfigCase['files'] = {}): KubeConfigCase['files'] => ({
  ...files,
  config: one(trusted, user),
});

/** Tokens, impersonation, and what is no longer taken. */
export const users: readonly KubeConfigCase[] = [
  { name: 'a token file', files: of({ tokenFile: 'token' }, { token: 'in a file\n' }) },
  { name: 'a token and a token file', files: of({ token: 'one', tokenFile: 'token' }, { token: 'in-a-file' }) },
  { name: 'a token file that is missing', files: of({ tokenFile: 'token' }), refused: 'Credentials' },
  { name: 'a token, and a token file that is missing', files: of({ token: 'one', tokenFile: 'token' }) },
  { name: 'a token file that is empty', files: of({ tokenFile: 'token' }, { token: '' }), refused: 'Credentials' },
  { name: 'a token with a line end', files: of({ token: 'one\n' }), refused: 'Token' },
  {
    name: 'a token with blanks around it',
    files: of({ token: ' one ' }),
    differs: { title: titles.whiteSpace, kuberx: 'Token' },
  },
  {
    name: 'a name and a password',
    files: of({ username: 'name', password: 'word' }),
    differs: { title: titles.basic, kuberx: 'BasicAuth' },
  },
  { name: 'a password and a token', files: of({ password: 'word', token: 'one' }), refused: 'BasicAuth' },
  { name: 'as somebody', files: of({ token: 'one', as: 'admin' }) },
  {
    name: 'as somebody with a uid, groups and extras',
    files: of({
      token: 'one',
      as: 'admin',
      'as-uid': 'id',
      'as-groups': ['one', 'two, three'],
      'as-user-extra': { scopes: ['view', 'edit'], Reason: ['test'] },
    }),
  },
  { name: 'groups of nobody', files: of({ token: 'one', 'as-groups': ['one'] }), refused: 'Impersonation' },
  { name: 'a uid of nobody', files: of({ token: 'one', 'as-uid': 'id' }), refused: 'Impersonation' },
  { name: 'extras of nobody', files: of({ 'as-user-extra': { a: ['b'] } }), refused: 'Impersonation' },
  {
    name: 'an extra whose name can be no header',
    files: of({ token: 'one', as: 'admin', 'as-user-extra': { 'example.com/Über 100%': ['a'], '': ['b'] } }),
  },
  {
    name: 'as somebody whose name is not ASCII',
    files: of({ token: 'one', as: 'Jürgen 東', 'as-groups': ['Gärtner'] }),
  },
  { name: 'as somebody whose name has a line end', files: of({ token: 'one', as: 'a\nb' }), refused: 'Impersonation' },
  { name: 'the auth-provider gcp', files: of({ 'auth-provider': { name: 'gcp' } }), refused: 'AuthProvider' },
  { name: 'the auth-provider azure', files: of({ 'auth-provider': { name: 'azure' } }), refused: 'AuthProvider' },
  { name: 'an auth-provider without a name', files: of({ 'auth-provider': {} }), refused: 'AuthProvider' },
  {
    name: 'the auth-provider gcp and a token',
    files: of({ token: 'one', 'auth-provider': { name: 'gcp' } }),
    refused: 'AuthProvider',
  },
];
