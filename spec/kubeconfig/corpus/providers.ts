import { type KubeConfigCase, one, trusted } from './kubeconfig-case.ts';

const of = (user: object): KubeConfigCase['files'] => ({ config: one(trusted, user) });

const claims = (exp: number): string =>
  ['{"alg":"none"}', `{"exp":${exp}}`, '']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.')
    .replace(/\.$/, '.c2ln');
const oidc = (config: object): object => ({ 'auth-provider': { name: 'oidc', config } });
const issuer = { 'idp-issuer-url': 'https://{{https}}/issuer', 'client-id': 'id' };

/** OIDC, the legacy auth-provider that is taken. */
export const providers: readonly KubeConfigCase[] = [
  { name: 'oidc with a token that is good', files: of(oidc({ ...issuer, 'id-token': claims(4e9) })) },
  {
    name: 'oidc with a token that is good, and another',
    files: of({ ...oidc({ ...issuer, 'id-token': claims(4e9) }), token: 'one' }),
  },
  {
    name: 'oidc with an old token and nothing to renew it by',
    files: of(oidc({ ...issuer, 'id-token': claims(1e9) })),
    refused: 'Credentials',
  },
  { name: 'oidc with a token that is none', files: of(oidc({ ...issuer, 'id-token': 'one' })), refused: 'Credentials' },
  {
    name: 'oidc without an issuer',
    files: of(oidc({ 'client-id': 'id', 'id-token': claims(4e9) })),
    refused: 'AuthProvider',
  },
  { name: 'oidc without a client', files: of(oidc({ ...issuer, 'client-id': '' })), refused: 'AuthProvider' },
  { name: 'oidc with a number', files: of(oidc({ ...issuer, expiry: 1 })), refused: 'Syntax' },
];
