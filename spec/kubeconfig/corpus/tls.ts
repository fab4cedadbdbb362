import { type KubeConfigCase, one, titles, trusted } from './kubeconfig-case.ts';

const { server } = trusted;
const token = { token: 'one' };
const data = { 'client-certificate-data': '{{cert}}', 'client-key-data': '{{key}}' };
const inFiles = { 'client-certificate': 'cert.pem', 'client-key': 'key.pem' };
const files = { 'cert.pem': '{{cert.pem}}', 'key.pem': '{{key.pem}}', 'ca.pem': '{{ca.pem}}' };

/** Certificates of the server and of the client. */
export const tls: readonly KubeConfigCase[] = [
  { name: 'a CA in a file', files: { ...files, config: one({ server, 'certificate-authority': 'ca.pem' }, token) } },
  {
    name: 'a CA in a file and as data',
    files: { ...files, config: one({ ...trusted, 'certificate-authority': 'ca.pem' }, token) },
    refused: 'Tls',
  },
  {
    name: 'a CA in a file that is missing',
    files: { config: one({ server, 'certificate-authority': 'ca.pem' }, token) },
    refused: 'Credentials',
  },
  {
    name: 'a CA in a file that is empty',
    files: { 'ca.pem': '', config: one({ server, 'certificate-authority': 'ca.pem' }, token) },
    refused: 'Credentials',
  },
  {
    name: 'a CA that is no certificate',
    files: { config: one({ server, 'certificate-authority-data': 'aGVsbG8=' }, token) },
    refused: 'Tls',
  },
  {
    name: 'another CA',
    files: { config: one({ server, 'certificate-authority-data': '{{cert}}' }, token) },
    refused: 'Network',
  },
  { name: 'insecure-skip-tls-verify', files: { config: one({ server, 'insecure-skip-tls-verify': true }, token) } },
  {
    name: 'insecure-skip-tls-verify and a CA',
    files: { config: one({ ...trusted, 'insecure-skip-tls-verify': true }, token) },
    refused: 'Tls',
  },
  { name: 'tls-server-name', files: { config: one({ ...trusted, 'tls-server-name': 'localhost' }, token) } },
  {
    name: 'another tls-server-name',
    files: { config: one({ ...trusted, 'tls-server-name': 'example.com' }, token) },
    refused: 'Network',
  },
  { name: 'a client certificate as data', files: { config: one(trusted, data) } },
  { name: 'a client certificate in files', files: { ...files, config: one(trusted, inFiles) } },
  {
    name: 'a client certificate as data, its key in a file',
    files: {
      ...files,
      config: one(trusted, { 'client-certificate-data': '{{cert}}', 'client-key': 'key.pem' }),
    },
  },
  {
    name: 'a client certificate without its key',
    files: { config: one(trusted, { 'client-certificate-data': '{{cert}}' }) },
    refused: 'Tls',
  },
  {
    name: 'a client key without its certificate',
    files: { config: one(trusted, { 'client-key-data': '{{key}}' }) },
    differs: { title: titles.prompt, kuberx: { path: '/version', scheme: 'https' } },
  },
  {
    name: 'a client certificate in a file and as data',
    files: { ...files, config: one(trusted, { ...data, 'client-certificate': 'cert.pem' }) },
    refused: 'Tls',
  },
  {
    name: 'a client key in a file and as data',
    files: { ...files, config: one(trusted, { ...data, 'client-key': 'key.pem' }) },
    refused: 'Tls',
  },
  {
    name: 'a client certificate that is none',
    files: { config: one(trusted, { ...data, 'client-certificate-data': 'aGVsbG8=' }) },
    refused: 'Tls',
  },
  {
    name: 'a client certificate with the key of another',
    files: { config: one(trusted, { ...data, 'client-certificate-data': '{{ca}}' }) },
    refused: 'Network',
  },
  { name: 'a client certificate and a token', files: { config: one(trusted, { ...data, ...token }) } },
];
