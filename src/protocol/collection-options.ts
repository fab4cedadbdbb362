/** What narrows a list or watch down, in the API's own syntax: each is a query parameter of its own name. */
export interface Selectors {
  /** Such as `app=web,tier!=cache`. */
  readonly labelSelector?: string | undefined;
  /** Such as `spec.nodeName=worker-1`. */
  readonly fieldSelector?: string | undefined;
}

/**
 * Which objects of a resource are listed and watched, and how much of them. `listWatch` and `informerFactory` of every
 * entry take these. One more is added here, and nowhere else unless it is neither a selector nor a path.
 */
export interface CollectionOptions extends Selectors {
  /** Unset or empty: all namespaces, or a resource that has none. */
  readonly namespace?: string | undefined;
  /** Asks for metadata alone, as `PartialObjectMetadata`. Default false. */
  readonly metadataOnly?: boolean | undefined;
}

const selectors: Readonly<Record<keyof Selectors, true>> = { labelSelector: true, fieldSelector: true };
const options: Readonly<Record<keyof CollectionOptions, true>> = { namespace: true, ...selectors, metadataOnly: true };

/** The names of {@link Selectors}. */
export const selectorNames: readonly (keyof Selectors)[] = Object.keys(selectors) as (keyof Selectors)[];

/** The names of {@link CollectionOptions}. */
export const collectionOptionNames: readonly (keyof CollectionOptions)[] = Object.keys(
  options,
) as (keyof CollectionOptions)[];

/**
 * The options of these names, read by name, so that one counts behind a getter and on a prototype too: without it, more would
 * be selected, in silence. Throws a TypeError for an option of another name, for the same reason, unless `others` has it.
 */
export function optionsNamed<O extends object, Name extends keyof O & string>(
  given: O,
  names: readonly Name[],
  others: readonly string[] = [],
): Pick<O, Name> {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || [...(names as readonly string[]), ...others].includes(name)) continue;
    throw new TypeError(`${name} is not an option of a list and watch; it has ${names.join(', ')}.`);
  }
  return Object.fromEntries(names.map((name) => [name, given[name]] as const)) as Pick<O, Name>;
}
