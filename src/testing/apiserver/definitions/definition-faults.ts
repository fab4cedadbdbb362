import { isDeepStrictEqual } from 'node:util';
import type { FieldFault } from '../../../serving/failure-status.ts';
import { defaultFaults } from '../schema/default-faults.ts';
import { forbiddenFault, invalidFault, requiredFault, unsupportedFault } from '../schema/field-fault.ts';
import { schemaFaults } from '../schema/schema-faults.ts';
import { structuralFaults } from '../schema/structural-faults.ts';
import { ruleSyntaxFaults } from '../rules/rule-faults.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';
import type { DefinedColumn, DefinedSubresources, DefinedVersion, Definition } from './definition.ts';
import { selectableFaults } from './selectable-faults.ts';

const label = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const labelWords =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end " +
  "with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const subdomainWords =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const columnTypes = ['boolean', 'date', 'integer', 'number', 'string'];
const columnFormats = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password'];

/** What may stand at the root of a schema where status is a part of its own. Source: validation.go, allowedFieldsAtRootSchema. */
const rootMembers = new Set(
  (
    'description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems ' +
    'minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields ' +
    'x-kubernetes-validations'
  ).split(' '),
);
const rootWords =
  'only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems ' +
  'MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] ' +
  'fields are allowed at the root of the schema if the status subresource is enabled';

function labelFaults(field: string, value: string, before = ''): FieldFault[] {
  const why = [
    ...(value.length > 63 ? ['must be no more than 63 bytes'] : []),
    ...(label.test(value.toLowerCase()) && (before !== '' || value === value.toLowerCase()) ? [] : [labelWords]),
  ];
  return why.length === 0 ? [] : [invalidFault(field, value, before + why.join(','))];
}

function groupFaults(group: string): FieldFault[] {
  const field = 'spec.group';
  if (group === '') return [requiredFault(field)];
  if (group.length > 253) return [invalidFault(field, group, 'must be no more than 253 bytes')];
  if (!subdomain.test(group)) return [invalidFault(field, group, subdomainWords)];
  return group.includes('.') ? [] : [invalidFault(field, group, 'should be a domain with at least one dot')];
}

function namesFaults({ names }: Definition): FieldFault[] {
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names;
  const at = (name: string): string => `spec.names.${name}`;
  const mixed = 'may have mixed case, but should otherwise match: ';
  const given = { plural, singular, kind, listKind };
  return [
    ...Object.entries(given).flatMap(([name, value]) => (value === '' ? [requiredFault(at(name))] : [])),
    ...Object.entries(given).flatMap(([name, value]) =>
      value === '' ? [] : labelFaults(at(name), value, name.toLowerCase().endsWith('kind') ? mixed : ''),
    ),
    ...shortNames.flatMap((name, index) => labelFaults(at(`shortNames[${index}]`), name)),
    ...(kind !== '' && kind === listKind
      ? [invalidFault(at('listKind'), listKind, 'kind and listKind may not be the same')]
      : []),
    ...categories.flatMap((name, index) => labelFaults(at(`categories[${index}]`), name)),
  ];
}

function pathFaults(field: string, path: string, starts: readonly string[], where: string): FieldFault[] {
  if (!path.startsWith('.')) return [invalidFault(field, path, 'must be a simple json path starting with .')];
  if (starts.some((start) => path.startsWith(start))) return [];
  return [invalidFault(field, path, `should be a json path under ${where}`)];
}

function subresourceFaults({ scale }: DefinedSubresources, at: string): FieldFault[] {
  if (scale === undefined) return [];
  const { specReplicasPath: spec = '', statusReplicasPath: status = '', labelSelectorPath: selector = '' } = scale;
  const field = (name: string): string => `${at}.scale.${name}`;
  return [
    ...(spec === ''
      ? [requiredFault(field('specReplicasPath'))]
      : pathFaults(field('specReplicasPath'), spec, ['.spec.'], '.spec')),
    ...(status === ''
      ? [requiredFault(field('statusReplicasPath'))]
      : pathFaults(field('statusReplicasPath'), status, ['.status.'], '.status')),
    ...(selector === ''
      ? []
      : pathFaults(field('labelSelectorPath'), selector, ['.spec.', '.status.'], 'either .spec or .status')),
  ];
}

function columnFaults({ name = '', type = '', format = '', jsonPath = '' }: DefinedColumn, at: string): FieldFault[] {
  const oneOf = (values: readonly string[]): string => `must be one of ${values.join(',')}`;
  const path = `${at}.JSONPath`;
  return [
    ...(name === '' ? [requiredFault(`${at}.name`)] : []),
    ...(type === '' ? [requiredFault(`${at}.type`, oneOf(columnTypes))] : []),
    ...(type === '' || columnTypes.includes(type) ? [] : [invalidFault(`${at}.type`, type, oneOf(columnTypes))]),
    ...(format === '' || columnFormats.includes(format)
      ? []
      : [invalidFault(`${at}.format`, format, oneOf(columnFormats))]),
    ...(jsonPath === '' ? [requiredFault(path)] : pathFaults(path, jsonPath, ['.'], '')),
  ];
}

function rootFaults(schema: StructuralSchema, at: string): FieldFault[] {
  const { type = '' } = schema;
  if (type !== '' && type !== 'object') {
    const why = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
    return [invalidFault(`${at}.type`, type, why)];
  }
  return Object.keys(schema).every((name) => rootMembers.has(name)) ? [] : [invalidFault(at, schema, rootWords)];
}

/** What is not a schema at all has no structure that could be wrong. */
function isNoSchema({ message }: FieldFault): boolean {
  return message.endsWith(' is not supported') || message.endsWith('items must be a schema object and not an array');
}

function versionSchemaFaults(schema: StructuralSchema, hasStatus: boolean, at: string): FieldFault[] {
  const general = schemaFaults(schema, at);
  const faults = [
    ...(hasStatus ? rootFaults(schema, at) : []),
    ...(schema.nullable === true ? [forbiddenFault(`${at}.nullable`, 'nullable cannot be true at the root')] : []),
    ...(general.some(isNoSchema) ? [] : structuralFaults(schema, at)),
    ...(general.length > 0 ? [] : ruleSyntaxFaults(schema, at)),
    ...general,
  ];
  // What is not a schema cannot be held against its own defaults.
  return faults.length > 0 ? faults : defaultFaults(schema, at);
}

/** What all versions have the same is reported once, where it stood before versions could differ. */
function isShared(versions: readonly DefinedVersion[], read: (version: DefinedVersion) => unknown): boolean {
  const [first] = versions;
  const value = first && read(first);
  return value !== undefined && versions.every((version) => isDeepStrictEqual(read(version), value));
}

function schemasFaults({ versions }: Definition): FieldFault[] {
  const schemaOf = ({ schema }: DefinedVersion): StructuralSchema | undefined => schema?.openAPIV3Schema;
  const shared = isShared(versions, ({ schema }) => schema);
  return versions.flatMap((version, index) => {
    const schema = schemaOf(version);
    const at = `spec.versions[${index}].schema.openAPIV3Schema`;
    if (schema === undefined) return [requiredFault(at)];
    if (shared && index > 0) return [];
    const { subresources } = version;
    const hasStatus = subresources?.status !== undefined;
    return versionSchemaFaults(schema, hasStatus, shared ? 'spec.validation.openAPIV3Schema' : at);
  });
}

function partFaults<T>(
  versions: readonly DefinedVersion[],
  name: string,
  read: (version: DefinedVersion) => T | undefined,
  faultsOf: (part: T, at: string, version: DefinedVersion) => FieldFault[],
): FieldFault[] {
  const shared = isShared(versions, read);
  return versions.flatMap((version, index) => {
    const part = read(version);
    if (part === undefined || (shared && index > 0)) return [];
    return faultsOf(part, shared ? `spec.${name}` : `spec.versions[${index}].${name}`, version);
  });
}

/** A version as Go prints it, without what all versions have the same. */
function printedVersion({ name, served, storage, deprecated = false, deprecationWarning = null }: Printed): object {
  const none = { Schema: null, Subresources: null, AdditionalPrinterColumns: null, SelectableFields: null };
  const said = { Deprecated: deprecated, DeprecationWarning: deprecationWarning };
  return { Name: name, Served: served, Storage: storage, ...said, ...none };
}

type Printed = Omit<DefinedVersion, 'deprecationWarning'> & { readonly deprecationWarning?: string | null };

function versionsFaults(definition: Definition): FieldFault[] {
  const { versions } = definition;
  const stored = versions.filter(({ storage }) => storage);
  const printed = versions.length === 0 ? null : versions.map(printedVersion);
  const isUnique = new Set(versions.map(({ name }) => name)).size === versions.length;
  return [
    ...versions.flatMap(({ name }, index) => labelFaults(`spec.versions[${index}].name`, name)),
    ...versions.flatMap(({ deprecated, deprecationWarning }, index) => {
      const field = `spec.versions[${index}].deprecationWarning`;
      const isLost = deprecationWarning !== undefined && deprecated !== true;
      return isLost ? [invalidFault(field, deprecationWarning, 'can only be set for deprecated versions')] : [];
    }),
    ...schemasFaults(definition),
    ...partFaults(versions, 'subresources', ({ subresources }) => subresources, subresourceFaults),
    ...partFaults(
      versions,
      'additionalPrinterColumns',
      ({ additionalPrinterColumns: columns }) => (columns?.length === 0 ? undefined : columns),
      (columns, at) => columns.flatMap((column, index) => columnFaults(column, `${at}[${index}]`)),
    ),
    ...partFaults(
      versions,
      'selectableFields',
      ({ selectableFields: fields }) => (fields?.length === 0 ? undefined : fields),
      (fields, at, { schema }) => selectableFaults(fields, schema?.openAPIV3Schema ?? {}, at),
    ),
    ...(isUnique ? [] : [invalidFault('spec.versions', printed, 'must contain unique version names')]),
    ...(stored.length === 1
      ? []
      : [invalidFault('spec.versions', printed, 'must have exactly one version marked as storage version')]),
    ...(versions[0] === undefined ? [] : labelFaults('spec.version', versions[0].name)),
  ];
}

function conversionFaults({ conversion: { strategy, webhook }, versions }: Definition): FieldFault[] {
  const field = 'spec.conversion.strategy';
  const supported = ['None', 'Webhook'];
  if (strategy === '') return [requiredFault(field)];
  if (!supported.includes(strategy)) return [unsupportedFault(field, strategy, supported)];
  if (strategy === 'None') return [];
  const client = 'spec.conversion.webhookClientConfig';
  const faults = [
    ...(webhook?.clientConfig === undefined ? [requiredFault(client, 'required when strategy is set to Webhook')] : []),
    ...((webhook?.conversionReviewVersions ?? []).length === 0
      ? [requiredFault('spec.conversion.conversionReviewVersions')]
      : []),
  ];
  // One version that is stored as it is served needs no conversion.
  const isConverted = versions.some(({ served, storage }) => served && !storage);
  const why =
    'this server calls no webhooks: of a resource with webhook conversion it serves the storage version alone';
  return faults.length === 0 && isConverted ? [forbiddenFault(field, why)] : faults;
}

/** Groups that are reviewed. Source: apiextensions-apiserver `validation.go`, validateAPIApproval. */
function approvalFaults({ group }: Definition, annotations: unknown): FieldFault[] {
  const isProtected = /(^|\.)(k8s|kubernetes)\.io$/.test(group);
  const name = 'api-approved.kubernetes.io';
  const value = (annotations as Readonly<Record<string, unknown>> | undefined)?.[name];
  if (!isProtected || (typeof value === 'string' && value !== '')) return [];
  const field = `metadata.annotations[${name}]`;
  return [
    requiredFault(
      field,
      'protected groups must have approval annotation "api-approved.kubernetes.io", see https://github.com/kubernetes/enhancements/pull/1111',
    ),
  ];
}

/**
 * What is wrong with a definition under a name.
 *
 * Source: apiextensions-apiserver `apis/apiextensions/validation/validation.go`.
 */
export function definitionFaults(definition: Definition, name: string, annotations?: unknown): FieldFault[] {
  const { group, names, scope } = definition;
  const scopes = ['Cluster', 'Namespaced'];
  const isNamed = name === `${names.plural}.${group}`;
  return [
    ...(isNamed ? [] : [invalidFault('metadata.name', name, 'must be spec.names.plural+"."+spec.group')]),
    ...groupFaults(group),
    ...(scope === '' ? [requiredFault('spec.scope')] : []),
    ...(scope === '' || scopes.includes(scope) ? [] : [unsupportedFault('spec.scope', scope, scopes)]),
    ...versionsFaults(definition),
    ...namesFaults(definition),
    ...conversionFaults(definition),
    ...approvalFaults(definition, annotations),
  ];
}

/** Versions in which objects may be stored, and which are not there. */
export function storedVersionFaults({ versions }: Definition, storedVersions: readonly string[]): FieldFault[] {
  const field = 'status.storedVersions';
  const names = versions.map(({ name }) => name);
  if (storedVersions.length === 0) return [invalidFault(field, null, 'must have at least one stored version')];
  const missing = versions.filter(({ name, storage }) => storage && !storedVersions.includes(name));
  return [
    ...missing.map(({ name }) => invalidFault(field, storedVersions, `must have the storage version ${name}`)),
    ...storedVersions.flatMap((version, index) => {
      const why =
        `missing from spec.versions; ${version} was previously a storage version, and must remain in spec.versions until a ` +
        `storage migration ensures no data remains persisted in ${version} and removes ${version} from status.storedVersions`;
      return names.includes(version) ? [] : [invalidFault(`${field}[${index}]`, version, why)];
    }),
  ];
}

/** What a definition may not change any more. */
export function definitionChangeFaults(
  { scope, names, group }: Definition,
  before: Definition,
  isEstablished: boolean,
): FieldFault[] {
  const same = (field: string, value: string, stored: string): FieldFault[] =>
    value === stored ? [] : [invalidFault(field, value, 'field is immutable')];
  return [
    ...(isEstablished ? same('spec.scope', scope, before.scope) : []),
    ...(isEstablished ? same('spec.names.kind', names.kind, before.names.kind) : []),
    ...same('spec.group', group, before.group),
    ...same('spec.names.plural', names.plural, before.names.plural),
  ];
}
