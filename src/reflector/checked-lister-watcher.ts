import type { ListerWatcher } from '../protocol/lister-watcher.ts';

/**
 * Returns the ListerWatcher, or throws a TypeError for anything else, which would fail at each request. `taker` is the function that
 * it was given to.
 */
export function checkedListerWatcher<L extends Pick<ListerWatcher<unknown>, 'list' | 'watch' | 'resource'>>(
  taker: string,
  given: L,
): L {
  const { list, watch, resource } = Object(given) as Partial<Record<string, unknown>>;
  const lacks = [
    ...(typeof list === 'function' ? [] : ['the function list']),
    ...(typeof watch === 'function' ? [] : ['the function watch']),
    ...(typeof resource === 'string' ? [] : ['the text resource']),
  ];
  if (lacks.length === 0) return given;
  const kind = (given as unknown) === null ? 'null' : `of type ${typeof given}`;
  throw new TypeError(
    `${taker} takes a ListerWatcher, such as listWatch(…, 'v1/pods') makes. The given one is ${kind} and lacks ` +
      `${lacks.join(', ')}. Nothing was started.`,
  );
}
