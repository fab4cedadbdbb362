import { describe, expect, it } from 'vitest';
import { protobufBody } from '#src/testing/apiserver/protobuf/protobuf-body.ts';
import { ProtobufFault } from '#src/testing/apiserver/protobuf/protobuf-fault.ts';
import { body, part, parts } from './written.ts';

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };
const unrecognized = 'the object provided is unrecognized (must be of type ConfigMap)';
const magic = (rest: string): Buffer => Buffer.from(`k8s\0${rest}`, 'latin1');

describe('protobufBody', () => {
  it('reads what Go writes', () => {
    const written =
      'azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50ElwKEAoAEgAaACIAKgAyADgAQgASOhowChAKABIAGgAiACoAMgA4AEIAEhwaADIAQgBKAFIAWABgAGgAggEAigEAmgEAwgEAIgIKACgAOAAaDAgAEAAYACAAKAA4ABoAIgA=';
    expect(protobufBody(Buffer.from(written, 'base64'), { apiVersion: 'apps/v1', kind: 'Deployment' })).toEqual({
      kind: 'Deployment',
      apiVersion: 'apps/v1',
      metadata: {},
      spec: { selector: null, template: { metadata: {}, spec: { containers: null } }, strategy: {} },
      status: {},
    });
  });

  it('takes the kind that is asked for where a body says none', () => {
    const bytes = Buffer.concat([magic(''), part(2, part(1, part(1, 'a')))]);
    expect(protobufBody(bytes, configMap)).toEqual({ ...configMap, metadata: { name: 'a' } });
  });

  it('reads the options of a deletion of every group version', () => {
    expect(protobufBody(body('apps/v1', 'DeleteOptions', part(4, 'Orphan')), configMap)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'DeleteOptions',
      propagationPolicy: 'Orphan',
    });
  });

  it.each([
    [
      Buffer.from('garbage'),
      `${unrecognized}: provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]`,
    ],
    [magic(''), `${unrecognized}: empty body`],
    [magic('garbage'), `${unrecognized}: illegal wireType 7`],
    [
      body('v1', 'Pox', new Uint8Array()),
      'Pox in version "v1" cannot be handled as a ConfigMap: no kind "Pox" is registered for version "v1"',
    ],
    [
      body('v1', 'ConfigMap', parts(Uint8Array.from([0x0a, 0x01]))),
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: unexpected EOF',
    ],
  ])('refuses %j as a kube-apiserver does', (bytes, text) => {
    expect(() => protobufBody(bytes, configMap)).toThrow(new ProtobufFault(text));
  });

  it('refuses or reads all that may become of a body, and quotes nothing of it', () => {
    const bytes = body(
      'v1',
      'ConfigMap',
      parts(part(1, part(1, 'hunter 2')), part(2, parts(part(1, 'k'), part(2, 'v')))),
    );
    for (let at = 4; at < bytes.length; at++) {
      for (const value of [0x00, 0x07, 0x0a, 0x7f, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[at] = value;
        for (const each of [changed, bytes.subarray(0, at)]) {
          try {
            protobufBody(each, configMap);
          } catch (error) {
            expect(error).toBeInstanceOf(ProtobufFault);
            expect((error as Error).message).not.toContain('hunter 2');
          }
        }
      }
    }
  });
});
