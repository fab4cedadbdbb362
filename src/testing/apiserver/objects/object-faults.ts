import { exactText } from '../../../protocol/numbers/json-text.ts';
import type { KubernetesObject } from '../../../protocol/objects/kubernetes-object.ts';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { resourceWords, type ServedResource } from '../../../serving/served-resource.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { givenMetadata, systemMetadata } from './object-rules.ts';

// The rules and their words: apimachinery `util/validation/validation.go` and `api/validation`.
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const qualifiedName = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const dataKey = /^[-._a-zA-Z0-9]+$/;
const nameWords =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const valueWords =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const keyWords =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or " +
  "'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";

/** How long all annotations of an object may be, in bytes. Source: apimachinery `api/validation/objectmeta.go`. */
const maxAnnotationBytes = 256 * 1024;

/** Finalizers without a domain that built-in resources may have. */
const standardFinalizers = new Set([
  'kubernetes',
  'orphan',
  'foregroundDeletion',
  'customresourcecleanup.apiextensions.k8s.io',
]);

/** Resources whose names only have to fit into a path. */
const freelyNamed = new Set(['rbac.authorization.k8s.io', 'certificates.k8s.io']);

/** Resources that stand for one part of a domain name. */
const labelNamed = new Set(['v1/namespaces', 'v1/services']);

function invalidValue(field: string, value: string, why: string): FieldFault {
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${exactText(value)}: ${why}` };
}

function subdomainFault(name: string): string | undefined {
  if (name.length > 253) return 'must be no more than 253 characters';
  return subdomain.test(name) ? undefined : subdomainWords;
}

function pathSegmentFault(name: string): string | undefined {
  if (name === '.' || name === '..') return `may not be '${name}'`;
  const wrong = ['/', '%'].find((character) => name.includes(character));
  return wrong === undefined ? undefined : `may not contain '${wrong}'`;
}

function nameFault(resource: ServedResource, name: string): string | undefined {
  if (resource.builtIn && freelyNamed.has(resource.group)) return pathSegmentFault(name);
  if (labelNamed.has(resourceWords(resource))) {
    if (name.length > 63) return 'must be no more than 63 characters';
    if (name.includes('.')) return 'must not contain dots';
  }
  return subdomainFault(name);
}

/** Of the key of a label or an annotation. */
function qualifiedNameFault(key: string): string | undefined {
  const [name = '', prefix, ...rest] = key.split('/').reverse();
  if (rest.length > 0) {
    return `a valid label key ${nameWords} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  }
  if (prefix === '') return 'prefix part must be non-empty';
  const prefixFault = prefix === undefined ? undefined : subdomainFault(prefix);
  if (prefixFault !== undefined) return `prefix part ${prefixFault}`;
  if (name === '') return 'name part must be non-empty';
  if (Buffer.byteLength(name) > 63) return 'name part must be no more than 63 bytes';
  return qualifiedName.test(name) ? undefined : `name part ${nameWords}`;
}

function labelValueFault(value: string): string | undefined {
  if (Buffer.byteLength(value) > 63) return 'must be no more than 63 bytes';
  return value === '' || qualifiedName.test(value) ? undefined : valueWords;
}

function entriesOf(texts: unknown): readonly (readonly [string, string])[] {
  return isJsonObject(texts) ? Object.entries(texts as Readonly<Record<string, string>>) : [];
}

function labelFaults(labels: unknown): FieldFault[] {
  return entriesOf(labels).flatMap(([key, value]) => {
    const faults = [
      [key, qualifiedNameFault(key)],
      [value, labelValueFault(value)],
    ] as const;
    return faults.flatMap(([what, why]) => (why === undefined ? [] : [invalidValue('metadata.labels', what, why)]));
  });
}

function annotationFaults(annotations: unknown): FieldFault[] {
  const field = 'metadata.annotations';
  const entries = entriesOf(annotations);
  const faults = entries.flatMap(([key]) => {
    const why = qualifiedNameFault(key.toLowerCase());
    return why === undefined ? [] : [invalidValue(field, key, why)];
  });
  const size = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  if (size <= maxAnnotationBytes) return faults;
  const message = `Too long: may not be more than ${maxAnnotationBytes} bytes`;
  return [...faults, { reason: 'FieldValueTooLong', field, message }];
}

function finalizerFaults(finalizers: unknown, builtIn: boolean): FieldFault[] {
  return ((finalizers ?? []) as readonly string[]).flatMap((name, index) => {
    const field = `metadata.finalizers${builtIn ? `[${index}]` : ''}`;
    const unknown = builtIn && !name.includes('/') && !standardFinalizers.has(name);
    const why = unknown
      ? 'name is neither a standard finalizer name nor is it fully qualified'
      : qualifiedNameFault(name);
    return why === undefined ? [] : [invalidValue(field, name, why)];
  });
}

function controllerFaults(owners: readonly JsonObject[]): FieldFault[] {
  const controllers = owners.filter(({ controller }) => controller === true);
  const [first, second] = controllers.map(({ kind, name }) => `${kind as string}/${name as string}`);
  if (first === undefined || second === undefined) return [];
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${second}`;
  const field = 'metadata.ownerReferences';
  return [{ reason: 'FieldValueInvalid', field, message: `Invalid value: ${exactText(owners)}: ${why}` }];
}

/** Source: apimachinery `api/validation/objectmeta.go`, ValidateOwnerReferences. */
function ownerFaults(references: unknown): FieldFault[] {
  const owners = (references ?? []) as readonly JsonObject[];
  const faults = owners.flatMap((owner) =>
    ['apiVersion', 'kind', 'name', 'uid']
      .filter((member) => typeof owner[member] !== 'string' || owner[member] === '')
      .map((member) => {
        const why = member === 'apiVersion' ? 'version must not be empty' : 'must not be empty';
        return invalidValue(`metadata.ownerReferences.${member}`, '', why);
      }),
  );
  return [...faults, ...controllerFaults(owners)];
}

function dataFaults(resource: ServedResource, { data, binaryData }: JsonObject): FieldFault[] {
  if (!['v1/configmaps', 'v1/secrets'].includes(resourceWords(resource))) return [];
  const keyFault = (key: string): string | undefined => {
    if (key.length > 253) return 'must be no more than 253 characters';
    if (!dataKey.test(key)) return keyWords;
    if (key === '.') return "must not be '.'";
    if (key === '..') return "must not be '..'";
    return key.startsWith('..') ? "must not start with '..'" : undefined;
  };
  const of = (name: string, texts: unknown): FieldFault[] =>
    entriesOf(texts).flatMap(([key]) => {
      const twice = name === 'data' && isJsonObject(binaryData) && Object.hasOwn(binaryData, key);
      const why = keyFault(key) ?? (twice ? 'duplicate of key present in binaryData' : undefined);
      return why === undefined ? [] : [invalidValue(`${name}[${key}]`, key, why)];
    });
  return [...of('data', data), ...of('binaryData', binaryData)];
}

/** What the server refuses in an object that was decoded, but for its name. */
export function contentFaults(resource: ServedResource, content: JsonObject): FieldFault[] {
  const { labels, annotations, finalizers, ownerReferences } = givenMetadata(content);
  return [
    ...labelFaults(labels),
    ...annotationFaults(annotations),
    ...ownerFaults(ownerReferences),
    ...finalizerFaults(finalizers, resource.builtIn),
    ...dataFaults(resource, content),
  ];
}

/** What the server refuses in a new object, under its own or a generated name. */
export function creationFaults(resource: ServedResource, content: JsonObject, name: string): FieldFault[] {
  const why = nameFault(resource, name);
  return [
    ...(why === undefined ? [] : [invalidValue('metadata.name', name, why)]),
    ...contentFaults(resource, content),
  ];
}

/** What the server refuses in a change: of what it alone writes, and finalizers that come after the deletion. */
export function changeFaults(resource: ServedResource, content: JsonObject, current: KubernetesObject): FieldFault[] {
  const given = givenMetadata(content);
  const { uid, deletionTimestamp, deletionGracePeriodSeconds } = systemMetadata(current);
  const { finalizers = [] } = current.metadata;
  const isTerminating = deletionTimestamp !== undefined;
  const immutable = (name: string, stored: unknown): FieldFault[] => {
    const value = given[name];
    if (value === undefined || value === stored) return [];
    const message = `Invalid value: ${exactText(value)}: field is immutable`;
    return [{ reason: 'FieldValueInvalid', field: `metadata.${name}`, message }];
  };
  const added = ((given['finalizers'] ?? []) as readonly string[]).filter((name) => !finalizers.includes(name));
  const late: FieldFault = {
    reason: 'FieldValueForbidden',
    field: 'metadata.finalizers',
    message: `Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((name) => JSON.stringify(name)).join(', ')}}`,
  };
  return [
    ...(isTerminating && added.length > 0 ? [late] : []),
    ...immutable('uid', uid),
    ...(isTerminating ? [] : immutable('deletionTimestamp', deletionTimestamp)),
    ...immutable('deletionGracePeriodSeconds', deletionGracePeriodSeconds),
    ...contentFaults(resource, content),
  ];
}
