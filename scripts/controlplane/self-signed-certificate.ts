import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A key and a certificate of it, both PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

// DER, as X.690 defines it. Node reads certificates, and cannot make them.
const derTag = { boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, utf8: 0x0c, utcTime: 0x17 };
const derSequence = 0x30;
const derSet = 0x31;

function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const significant = length.subarray(length.findIndex((byte) => byte !== 0));
  return Buffer.concat([Buffer.of(tag, 0x80 | significant.length), significant, body]);
}

// Object identifiers of RFC 5280 and RFC 5758, as DER has their numbers.
const commonName = der(derTag.oid, Buffer.of(0x55, 0x04, 0x03));
const basicConstraints = der(derTag.oid, Buffer.of(0x55, 0x1d, 0x13));
const subjectAltName = der(derTag.oid, Buffer.of(0x55, 0x1d, 0x11));
const ecdsaWithSha256 = der(derSequence, der(derTag.oid, Buffer.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));

const day = 24 * 60 * 60 * 1000;

/** As RFC 5280 has dates until 2049. */
function utcTime(milliseconds: number): Buffer {
  const text = `${new Date(milliseconds).toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`;
  return der(derTag.utcTime, Buffer.from(text));
}

/** Marked as critical, which every reader has to understand, or not. */
function extension(id: Buffer, value: Buffer, critical: boolean): Buffer {
  const mark = critical ? [der(derTag.boolean, Buffer.of(0xff))] : [];
  return der(derSequence, id, ...mark, der(derTag.octetString, value));
}

function unsigned(publicKey: KeyObject, name: string): Buffer {
  const now = Date.now();
  const subject = der(derSequence, der(derSet, der(derSequence, commonName, der(derTag.utf8, Buffer.from(name)))));
  // Positive, and no byte longer than it has to be.
  const serial = Buffer.concat([Buffer.of(0x01), randomBytes(15)]);
  const authority = der(derSequence, der(derTag.boolean, Buffer.of(0xff)));
  // The address 127.0.0.1: a name of the kind `[7]` is an IP address.
  const loopback = der(derSequence, der(0x87, Buffer.of(127, 0, 0, 1)));
  const extensions = [extension(basicConstraints, authority, true), extension(subjectAltName, loopback, false)];
  return der(
    derSequence,
    der(0xa0, der(derTag.integer, Buffer.of(2))),
    der(derTag.integer, serial),
    ecdsaWithSha256,
    subject,
    der(derSequence, utcTime(now - day), utcTime(now + 365 * day)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(derSequence, ...extensions)),
  );
}

/**
 * A fresh key and a self-signed certificate of it for `127.0.0.1`, valid for a year. A server and clients that all have
 * it and trust nothing else admit no other process.
 */
export function selfSignedCertificate(name: string): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const content = unsigned(publicKey, name);
  const signature = der(derTag.bitString, Buffer.of(0), sign('sha256', content, privateKey));
  const base64 = der(derSequence, content, ecdsaWithSha256, signature).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return {
    certificate: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
