/**
 * A map that nobody can change: what its methods `set`, `delete` and `clear` throw is a TypeError. `new Map(map)` is a copy to
 * change. Its values are as they are.
 */
export function frozenMap<K, V>(entries: Iterable<readonly [K, V]>): ReadonlyMap<K, V> {
  const map = new Map(entries);
  for (const name of ['set', 'delete', 'clear'])
    Object.defineProperty(map, name, {
      value: () => {
        throw new TypeError(`Cannot ${name} in a read-only map; new Map(map) is a copy that can be changed.`);
      },
    });
  return Object.freeze(map);
}
