import { type CollectionOptions, collectionOptionNames, optionsNamed } from '../../protocol/collection-options.ts';
import type { KubernetesObject, PartialObjectMetadata } from '../../protocol/objects/kubernetes-object.ts';
import type { ObjectOf, ResourceString, ResourceTypes } from '../../protocol/resource-types.ts';
import type { SharedInformer } from '../shared-informer.ts';
import { type SeedOptions, SharedInformerFactory } from './shared-informer-factory.ts';

/** All of {@link ResourceTypes} as they are read. */
export type ObjectsByResource = { readonly [Name in keyof ResourceTypes]: ObjectOf<Name> };

/** A {@link SharedInformerFactory} of one server, typed by the resource. */
export class ResourceInformerFactory extends SharedInformerFactory<ObjectsByResource, CollectionOptions> {
  /**
   * The informer of a resource: the same one for the same resource and selection, where empty means not given. It starts
   * with its first subscriber. A seed counts for the call that makes it. Objects are typed by the text where `ResourceTypes` has it, otherwise by a type argument.
   *
   * @throws ResourceSyntaxError where the text names no resource, SeedError for an invalid seed, and what else `listWatch` throws.
   */
  override informer(
    resource: string,
    selection: CollectionOptions & { readonly metadataOnly: true },
    seedOptions?: SeedOptions<PartialObjectMetadata>,
  ): SharedInformer<PartialObjectMetadata>;
  override informer<Name extends keyof ResourceTypes>(
    resource: Name,
    selection?: CollectionOptions,
    seedOptions?: SeedOptions<ObjectOf<Name>>,
  ): SharedInformer<ObjectOf<Name>>;
  override informer<T extends KubernetesObject = KubernetesObject>(
    resource: ResourceString,
    selection?: CollectionOptions,
    seedOptions?: SeedOptions<T>,
  ): SharedInformer<T>;
  override informer(
    resource: string,
    selection: CollectionOptions = {},
    seedOptions: SeedOptions<KubernetesObject> = {},
  ): object {
    const isGiven = (value: unknown): boolean => value !== undefined && value !== '' && value !== false;
    const given = Object.entries(optionsNamed(selection, collectionOptionNames)).filter(([, value]) => isGiven(value));
    return super.informer(resource, Object.fromEntries(given), seedOptions);
  }
}
