import { anything, flag, integer, listOf, mapOf, type Shape, structOf, text } from '../schema/shape.ts';
import { schemaShape } from '../schema/schema-shape.ts';
import type { StructuralSchema } from '../schema/structural-schema.ts';

/** What a resource is called, all of it. */
export interface DefinedNames {
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

/** A column of a table. */
export interface DefinedColumn {
  readonly name?: string;
  readonly type?: string;
  readonly format?: string;
  readonly jsonPath?: string;
}

/** The parts of objects that have a path of their own. */
export interface DefinedSubresources {
  readonly status?: object;
  readonly scale?: {
    readonly specReplicasPath?: string;
    readonly statusReplicasPath?: string;
    readonly labelSelectorPath?: string;
  };
}

/** One version of a resource. */
export interface DefinedVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: { readonly openAPIV3Schema?: StructuralSchema };
  readonly subresources?: DefinedSubresources;
  readonly additionalPrinterColumns?: readonly DefinedColumn[];
  readonly selectableFields?: readonly { readonly jsonPath?: string }[];
}

/** The `spec` of a CustomResourceDefinition, decoded, with its defaults. */
export interface Definition {
  readonly group: string;
  readonly names: DefinedNames;
  readonly scope: string;
  readonly versions: readonly DefinedVersion[];
  readonly conversion: {
    readonly strategy: string;
    readonly webhook?: { readonly clientConfig?: object; readonly conversionReviewVersions?: readonly string[] };
  };
  readonly preserveUnknownFields?: boolean;
}

const texts = listOf(text, '[]string');

const namesShape = structOf('v1.CustomResourceDefinitionNames', () => ({
  plural: text,
  singular: text,
  shortNames: texts,
  kind: text,
  listKind: text,
  categories: texts,
}));

const versionShape = structOf('v1.CustomResourceDefinitionVersion', () => ({
  name: text,
  served: flag,
  storage: flag,
  deprecated: flag,
  deprecationWarning: text,
  schema: structOf('v1.CustomResourceValidation', () => ({ openAPIV3Schema: schemaShape })),
  subresources: structOf('v1.CustomResourceSubresources', () => ({
    status: mapOf(anything, 'v1.CustomResourceSubresourceStatus'),
    scale: structOf('v1.CustomResourceSubresourceScale', () => ({
      specReplicasPath: text,
      statusReplicasPath: text,
      labelSelectorPath: text,
    })),
  })),
  additionalPrinterColumns: listOf(
    structOf('v1.CustomResourceColumnDefinition', () => ({
      name: text,
      type: text,
      format: text,
      description: text,
      priority: integer,
      jsonPath: text,
    })),
    '[]v1.CustomResourceColumnDefinition',
  ),
  selectableFields: listOf(
    structOf('v1.SelectableField', () => ({ jsonPath: text })),
    '[]v1.SelectableField',
  ),
}));

const specShape: Shape = structOf('v1.CustomResourceDefinitionSpec', () => ({
  group: text,
  names: namesShape,
  scope: text,
  versions: listOf(versionShape, '[]v1.CustomResourceDefinitionVersion'),
  conversion: structOf('v1.CustomResourceConversion', () => ({
    strategy: text,
    webhook: structOf('v1.WebhookConversion', () => ({
      clientConfig: mapOf(anything, 'v1.WebhookClientConfig'),
      conversionReviewVersions: texts,
    })),
  })),
  preserveUnknownFields: flag,
}));

/**
 * Reads the `spec` of a definition as the server does, with what it fills in.
 *
 * @throws DecodeFault for a member of another type.
 */
export function decodedDefinition(spec: unknown): Definition {
  const read = specShape(spec ?? {}, 'spec', 'CustomResourceDefinition') as Partial<Definition>;
  const names: Partial<DefinedNames> = read.names ?? {};
  const { plural = '', kind = '', singular, listKind } = names;
  const isNamed = kind !== '';
  return {
    ...read,
    group: read.group ?? '',
    names: {
      ...names,
      plural,
      singular: singular ?? kind.toLowerCase(),
      kind,
      listKind: listKind ?? (isNamed ? `${kind}List` : ''),
    },
    scope: read.scope ?? '',
    versions: (read.versions ?? []).map((version) => ({
      ...version,
      name: (version as Partial<DefinedVersion>).name ?? '',
      served: (version as Partial<DefinedVersion>).served ?? false,
      storage: (version as Partial<DefinedVersion>).storage ?? false,
    })),
    conversion: read.conversion ?? { strategy: 'None' },
  };
}

/** The `spec` of a definition that was stored. */
export function definitionOf(object: object): Definition {
  return (object as { readonly spec: Definition }).spec;
}

/** The version in which objects are stored. */
export function storageVersion({ versions }: Definition): DefinedVersion | undefined {
  return versions.find(({ storage }) => storage);
}

/** The steps of a simple JSON path: `.spec.replicas`. */
export function pathSteps(path: string): string[] {
  return path.split('.').filter((step) => step !== '');
}
