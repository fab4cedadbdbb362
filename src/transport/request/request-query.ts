import { type Selectors, selectorNames } from '../../protocol/collection-options.ts';
import type { ListOptions, WatchOptions } from '../../protocol/list-watch-options.ts';

const narrowing: readonly string[] = [...selectorNames, 'namespace'];
const bare = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]|s$/gu, '');

/**
 * Throws a TypeError for a selector that is not a string, because its text would select something else, and for a misspelt
 * option such as `labelselector`, because without it everything would be selected silently.
 */
export function checkSelectors(selectors: Selectors): void {
  for (const [name, value] of Object.entries(selectors)) {
    const meant = narrowing.find((each) => bare(each) === bare(name));
    if (value !== undefined && meant !== undefined && meant !== name)
      throw new TypeError(`${name} is not an option; ${meant} is.`);
  }
  for (const name of selectorNames) {
    const given: unknown = selectors[name];
    if (given === undefined || typeof given === 'string') continue;
    throw new TypeError(`${name} is ${given === null ? 'null' : `of type ${typeof given}`}; it takes a text: "a=b".`);
  }
}

/** The query of a list request, without a leading question mark. Empty if no parameter is set. */
export function listQuery(options: ListOptions, selectors: Selectors): string {
  return query({ ...selectorsOf(selectors), ...versionOf(options), limit: options.limit, continue: options.continue });
}

/** The query of a watch request, without a leading question mark. */
export function watchQuery(options: WatchOptions, selectors: Selectors): string {
  return query({
    watch: true,
    ...selectorsOf(selectors),
    ...versionOf(options),
    sendInitialEvents: options.sendInitialEvents,
    allowWatchBookmarks: options.allowWatchBookmarks,
    timeoutSeconds: options.timeoutSeconds,
  });
}

type Parameters = Readonly<Record<string, string | number | boolean | undefined>>;

function selectorsOf(selectors: Selectors): Parameters {
  return Object.fromEntries(selectorNames.map((name) => [name, selectors[name]]));
}

function versionOf({ resourceVersion, resourceVersionMatch }: ListOptions & WatchOptions): Parameters {
  return { resourceVersion, resourceVersionMatch };
}

/** A query of the parameters that are set. */
export function query(parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') search.append(name, String(value));
  }
  return search.toString();
}
