import type { JsonObject } from '../objects/json-object.ts';
import { builtInKind, type BuiltInSchema } from '../types/built-in-schema.ts';
import { ProtobufFault } from './protobuf-fault.ts';
import { protobufObject } from './protobuf-object.ts';
import { scalars, textOf } from './protobuf-values.ts';

/** What each body begins with. Source: apimachinery `runtime/serializer/protobuf/protobuf.go`. */
const prefix = Buffer.from('k8s\0', 'latin1');

const nothing = new Uint8Array();

/** What a body that does not say it is. */
export interface ExpectedKind {
  readonly apiVersion: string;
  readonly kind: string;
}

function faultOf(error: unknown, before: string): unknown {
  return error instanceof ProtobufFault ? new ProtobufFault(`${before}: ${error.message}`) : error;
}

interface Envelope extends ExpectedKind {
  readonly raw: Uint8Array;
}

function envelopeOf(bytes: Uint8Array, expected: ExpectedKind): Envelope {
  const { length } = prefix;
  if (!prefix.equals(bytes.subarray(0, length))) {
    throw new ProtobufFault('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  if (bytes.length === length) throw new ProtobufFault('empty body');
  const fields = scalars(bytes.subarray(length), { 1: 2, 2: 2 });
  const type = scalars(fields.get(1) ?? nothing, { 1: 2, 2: 2 });
  const text = (number: number): string => textOf(type.get(number) ?? nothing);
  return {
    apiVersion: text(1) || expected.apiVersion,
    kind: text(2) || expected.kind,
    raw: (fields.get(2) ?? nothing) as Uint8Array,
  };
}

function schemaOf({ apiVersion, kind }: ExpectedKind): BuiltInSchema {
  // Each group version has the options of a deletion.
  const schema = kind === 'DeleteOptions' ? builtInKind('v1', kind) : builtInKind(apiVersion, kind);
  if (schema !== undefined) return schema;
  throw new ProtobufFault(`no kind ${shown(kind)} is registered for version ${shown(apiVersion)}`);
}

/** A name in a message. Any other text may be anything of a broken body, and is not shown. */
function shown(name: string): string {
  return /^[\w./-]{0,253}$/.test(name) ? JSON.stringify(name) : 'with an invalid name';
}

/**
 * An object from a body of the type `application/vnd.kubernetes.protobuf`, as JSON has it.
 *
 * @param expected - The kind that is asked for; that of a body which does not say it.
 * @throws ProtobufFault for bytes that are no such object of a built-in kind, with the words of a kube-apiserver.
 */
export function protobufBody(bytes: Uint8Array, expected: ExpectedKind): JsonObject {
  let envelope: Envelope;
  try {
    envelope = envelopeOf(bytes, expected);
  } catch (error) {
    throw faultOf(error, `the object provided is unrecognized (must be of type ${expected.kind})`);
  }
  const { apiVersion, kind, raw } = envelope;
  try {
    return { kind, apiVersion, ...protobufObject(schemaOf(envelope), raw) };
  } catch (error) {
    const version = shown(apiVersion.slice(apiVersion.indexOf('/') + 1));
    throw faultOf(
      error,
      `${shown(kind).replaceAll('"', '')} in version ${version} cannot be handled as a ${expected.kind}`,
    );
  }
}
