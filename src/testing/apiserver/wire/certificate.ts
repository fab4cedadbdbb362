import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** What a certificate says, and who signs it. */
export interface CertificateOptions {
  /** The common name of its owner. */
  readonly name: string;
  /** The organizations of its owner; a kube-apiserver takes them for groups. Default: none. */
  readonly organizations?: readonly string[];
  /** The names and addresses that it is for. Default: none. */
  readonly hosts?: readonly string[];
  /** Whether it may sign others. Default: false. */
  readonly isAuthority?: boolean;
  /** What it is for, beside signing. Default: everything. */
  readonly usage?: 'server' | 'client';
  /** Default: it is signed with its own key. */
  readonly issuer?: IssuedCertificate;
}

/** A certificate and its key. */
export interface IssuedCertificate {
  readonly name: string;
  readonly organizations: readonly string[];
  /** PEM. */
  readonly certificate: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** The key as PEM, not encrypted. */
  readonly key: string;
}

// DER, as X.690 defines it. Node reads certificates, and cannot make them.
const tags = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8: 0x0c, utcTime: 0x17 };
const sequence = 0x30;
const set = 0x31;

function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(tag, 0x80 | significant.length), significant, body]);
}

/** An object identifier from its numbers. */
function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const bytes = rest.flatMap((number) => {
    const digits = [number & 0x7f];
    for (let left = number >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return der(tags.oid, Buffer.of(first * 40 + second, ...bytes));
}

// Source: RFC 5280, appendix A, and RFC 5758 for the signature.
const organization = oid(2, 5, 4, 10);
const commonName = oid(2, 5, 4, 3);
const subjectKeyIdentifier = oid(2, 5, 29, 14);
const keyUsage = oid(2, 5, 29, 15);
const subjectAltName = oid(2, 5, 29, 17);
const basicConstraints = oid(2, 5, 29, 19);
const authorityKeyIdentifier = oid(2, 5, 29, 35);
const extendedKeyUsage = oid(2, 5, 29, 37);
const purposes = { server: oid(1, 3, 6, 1, 5, 5, 7, 3, 1), client: oid(1, 3, 6, 1, 5, 5, 7, 3, 2) };
const ecdsaWithSha256 = der(sequence, oid(1, 2, 840, 10045, 4, 3, 2));

const day = 24 * 60 * 60 * 1000;

/** As RFC 5280 has dates until 2049. */
function utcTime(milliseconds: number): Buffer {
  const text = `${new Date(milliseconds).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
  return der(tags.utcTime, Buffer.from(text));
}

function extension(id: Buffer, value: Buffer, critical = false): Buffer {
  const mark = critical ? [der(tags.boolean, Buffer.of(0xff))] : [];
  return der(sequence, id, ...mark, der(tags.octetString, value));
}

function distinguishedName({ name, organizations = [] }: Pick<CertificateOptions, 'name' | 'organizations'>): Buffer {
  const part = (id: Buffer, text: string): Buffer => der(set, der(sequence, id, der(tags.utf8, Buffer.from(text))));
  return der(sequence, ...organizations.map((each) => part(organization, each)), part(commonName, name));
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const words = (text: string): number[] => (text === '' ? [] : text.split(':').map((word) => parseInt(word, 16)));
  const before = words(head);
  const after = words(tail ?? '');
  const all = [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 0xff]));
}

/** A name is of the kind `[2]`, an address of the kind `[7]`. */
function generalName(host: string): Buffer {
  const address = host.replace(/^\[(.*)\]$/, '$1');
  return isIPv4(address) || isIPv6(address) ? der(0x87, addressBytes(address)) : der(0x82, Buffer.from(host));
}

/** What names a key: the SHA-1 of its bits. Source: RFC 5280, 4.2.1.2. */
function keyIdentifier(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const point = [Buffer.of(0x04), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return createHash('sha1').update(Buffer.concat(point)).digest();
}

function extensionsOf(options: CertificateOptions, publicKey: KeyObject, issuerKey: KeyObject): Buffer[] {
  const { hosts = [], isAuthority = false, usage } = options;
  const authority = isAuthority ? [der(tags.boolean, Buffer.of(0xff))] : [];
  // The bits are counted from the left: a signature, then of certificates and of lists of revoked ones.
  const usages = isAuthority ? Buffer.of(0x01, 0x86) : Buffer.of(0x07, 0x80);
  const extensions = [
    extension(basicConstraints, der(sequence, ...authority), true),
    extension(keyUsage, der(tags.bitString, usages), true),
    extension(subjectKeyIdentifier, der(tags.octetString, keyIdentifier(publicKey))),
    extension(authorityKeyIdentifier, der(sequence, der(0x80, keyIdentifier(issuerKey)))),
  ];
  if (usage !== undefined) extensions.push(extension(extendedKeyUsage, der(sequence, purposes[usage])));
  if (hosts.length > 0) extensions.push(extension(subjectAltName, der(sequence, ...hosts.map(generalName))));
  return extensions;
}

/** A fresh key and a certificate of it, valid from yesterday on for a year. */
export function certificate(options: CertificateOptions): IssuedCertificate {
  const { name, organizations = [], issuer } = options;
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  // Positive, and no byte longer than it has to be.
  const serial = Buffer.concat([Buffer.of(0x01), randomBytes(15)]);
  const content = der(
    sequence,
    der(0xa0, der(tags.integer, Buffer.of(2))),
    der(tags.integer, serial),
    ecdsaWithSha256,
    distinguishedName(issuer ?? options),
    der(sequence, utcTime(now - day), utcTime(now + 365 * day)),
    distinguishedName(options),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(sequence, ...extensionsOf(options, publicKey, issuer?.publicKey ?? publicKey))),
  );
  const signed = sign('sha256', content, issuer?.privateKey ?? privateKey);
  const whole = der(sequence, content, ecdsaWithSha256, der(tags.bitString, Buffer.of(0), signed));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    name,
    organizations,
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    publicKey,
    privateKey,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
