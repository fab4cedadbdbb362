import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { keepSecretFile, writeSecretFile } from './secret-file.ts';

/** The users of a control plane, and the key that signs its service account tokens. */
export interface Credentials {
  /** Bearer token of `admin`, in the group `system:masters`: everything is allowed. */
  readonly adminToken: string;
  /** Bearer token of `alice`, a plain user in the group `devs`: under RBAC nothing is allowed but what you grant. */
  readonly aliceToken: string;
  readonly tokenFile: string;
  readonly serviceAccountKeyFile: string;
}

/** Writes fresh tokens, and a key if there is none yet. No other user can read the files. */
export async function writeCredentials(dataDir: string): Promise<Credentials> {
  const [adminToken, aliceToken] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const tokenFile = join(dataDir, 'tokens.csv');
  const users = [`${adminToken},admin,admin-uid,"system:masters"`, `${aliceToken},alice,alice-uid,"devs"`];
  await writeSecretFile(tokenFile, `${users.join('\n')}\n`);
  const serviceAccountKeyFile = join(dataDir, 'sa.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // Tokens signed with the key of an earlier run stay good.
  await keepSecretFile(serviceAccountKeyFile, privateKey.export({ type: 'sec1', format: 'pem' }).toString());
  return { adminToken, aliceToken, tokenFile, serviceAccountKeyFile };
}

/** A kubeconfig that stands alone, with the contexts `admin` (current) and `alice`. */
export function kubeconfigText(url: string, ca: string, { adminToken, aliceToken }: Credentials): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: kuberx
  cluster:
    server: ${url}
    certificate-authority-data: ${Buffer.from(ca).toString('base64')}
users:
- name: admin
  user: {token: "${adminToken}"}
- name: alice
  user: {token: "${aliceToken}"}
contexts:
- name: admin
  context: {cluster: kuberx, user: admin, namespace: default}
- name: alice
  context: {cluster: kuberx, user: alice, namespace: default}
current-context: admin
`;
}
