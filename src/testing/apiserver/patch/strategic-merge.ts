import { goText, goTypeName } from '../apply/go-text.ts';
import { exactText } from '../../../protocol/numbers/json-text.ts';
import { isJsonObject, type JsonObject, setOwn } from '../objects/json-object.ts';

/** A strategic merge patch cannot be understood. A kube-apiserver answers most of them with 500. */
export class StrategicPatchError extends Error {
  readonly code: 400 | 500;

  constructor(message: string, code: 400 | 500 = 500) {
    super(message);
    this.name = 'StrategicPatchError';
    this.code = code;
  }
}

// By the names of their fields, which mean the same in all built-in types that have them. Source: kubernetes `api/*/v1/types.go`,
// patchMergeKey.
const mergeKeys: Readonly<Record<string, string>> = {
  addresses: 'type',
  conditions: 'type',
  containers: 'name',
  env: 'name',
  ephemeralContainers: 'name',
  hostAliases: 'ip',
  hostIPs: 'ip',
  imagePullSecrets: 'name',
  initContainers: 'name',
  matchConditions: 'name',
  ownerReferences: 'uid',
  podIPs: 'ip',
  resourceClaims: 'name',
  schedulingGates: 'name',
  secrets: 'name',
  topologySpreadConstraints: 'topologyKey',
  volumeDevices: 'devicePath',
  volumeMounts: 'mountPath',
  volumes: 'name',
  webhooks: 'name',
};
/** Lists of texts that are joined; all others are replaced. */
const joinedLists: ReadonlySet<string> = new Set(['finalizers', 'podCIDRs']);

const orderPrefix = '$setElementOrder/';
const deletionPrefix = '$deleteFromPrimitiveList/';

function mergeKeyOf(field: string, items: readonly unknown[]): string | undefined {
  if (field !== 'ports') return Object.hasOwn(mergeKeys, field) ? mergeKeys[field] : undefined;
  // Those of a container and those of a service.
  return items.some((item) => isJsonObject(item) && 'containerPort' in item) ? 'containerPort' : 'port';
}

function listOf(value: unknown, directive: string): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (directive === '$retainKeys') throw new StrategicPatchError('invalid patch format of retainKeys', 400);
  throw new StrategicPatchError(`expected a []interface {}, but received a ${goTypeName(value)}`);
}

function directiveOf(patch: JsonObject): 'merge' | 'replace' | 'delete' {
  const { $patch: directive = 'merge' } = patch;
  if (directive === 'merge' || directive === 'replace' || directive === 'delete') return directive;
  throw new StrategicPatchError(`unknown patch type: ${goText(directive)} in map: ${goText(patch)}`);
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([name]) => !name.startsWith('$')));
}

function keyOf(item: unknown, key: string): unknown {
  const value = isJsonObject(item) ? item[key] : undefined;
  if (value !== undefined) return value;
  throw new StrategicPatchError(`map: ${goText(item)} does not contain declared merge key: ${key}`);
}

/** Items in the order that the patch names; those that it does not name stay where they are. Not quadratic: lists may be long. */
function ordered(
  items: readonly unknown[],
  wanted: readonly unknown[],
  identity: (item: unknown) => string,
): unknown[] {
  const places = new Map(wanted.map((each, index) => [identity(each), index]));
  const placed = items.map((item) => ({ item, place: places.get(identity(item)) ?? -1 }));
  const named = placed.filter(({ place }) => place !== -1).sort((one, other) => one.place - other.place);
  let next = 0;
  return placed.map((each) => (each.place === -1 ? each.item : named[next++]?.item));
}

function mergedItems(current: readonly unknown[], patch: readonly unknown[], key: string): unknown[] {
  const isReplaced = patch.some((item) => isJsonObject(item) && directiveOf(item) === 'replace');
  if (isReplaced) return patch.filter((item) => !(isJsonObject(item) && directiveOf(item) === 'replace'));
  const result = new Map<string | symbol, unknown>();
  // An item without a key is nobody's, and stays.
  for (const item of current) {
    const value = isJsonObject(item) ? item[key] : undefined;
    result.set(value === undefined ? Symbol('keyless') : exactText(value), item);
  }
  for (const item of patch) {
    if (!isJsonObject(item)) throw new StrategicPatchError('an item of a list of objects is none');
    const step = exactText(keyOf(item, key));
    if (directiveOf(item) === 'delete') result.delete(step);
    else result.set(step, mergedObjects(result.get(step), item));
  }
  return [...result.values()];
}

function mergedList(field: string, current: unknown, patch: readonly unknown[]): unknown {
  const items = Array.isArray(current) ? (current as readonly unknown[]) : [];
  if (joinedLists.has(field)) return [...new Set([...items, ...patch])];
  const key = mergeKeyOf(field, [...patch, ...items]);
  return key === undefined ? patch : mergedItems(items, patch, key);
}

function reordered(field: string, current: unknown, order: readonly unknown[]): unknown {
  if (!Array.isArray(current)) return current;
  const key = mergeKeyOf(field, [...order, ...(current as readonly unknown[])]);
  return ordered(current, order, (item) =>
    exactText((key !== undefined && isJsonObject(item) ? item[key] : item) ?? null),
  );
}

function mergedObjects(current: unknown, patch: JsonObject): unknown {
  const directive = directiveOf(patch);
  if (directive === 'delete') return {};
  if (directive === 'replace') return withoutDirectives(patch);
  const merged: Record<string, unknown> = isJsonObject(current) ? { ...current } : {};
  if (patch['$retainKeys'] !== undefined) {
    const retained = new Set(listOf(patch['$retainKeys'], '$retainKeys'));
    for (const name of Object.keys(merged)) if (!retained.has(name)) Reflect.deleteProperty(merged, name);
  }
  for (const [name, value] of Object.entries(patch)) {
    if (!name.startsWith(deletionPrefix)) continue;
    const [field, gone] = [name.slice(deletionPrefix.length), new Set(listOf(value, name))];
    const items = Object.hasOwn(merged, field) ? merged[field] : undefined;
    if (Array.isArray(items))
      setOwn(
        merged,
        field,
        items.filter((item) => !gone.has(item)),
      );
  }
  for (const [name, value] of Object.entries(withoutDirectives(patch))) {
    const own = Object.hasOwn(merged, name) ? merged[name] : undefined;
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (Array.isArray(value)) setOwn(merged, name, mergedList(name, own, value));
    else setOwn(merged, name, isJsonObject(value) ? mergedObjects(own, value) : value);
  }
  for (const [name, value] of Object.entries(patch)) {
    if (!name.startsWith(orderPrefix)) continue;
    const field = name.slice(orderPrefix.length);
    if (Object.hasOwn(merged, field)) setOwn(merged, field, reordered(field, merged[field], listOf(value, name)));
  }
  return merged;
}

/**
 * Applies a strategic merge patch to an object of a built-in kind: as a JSON merge patch, but lists of objects that have a key are
 * merged by it, and the directives `$patch`, `$retainKeys`, `$setElementOrder` and `$deleteFromPrimitiveList` are followed.
 *
 * @throws StrategicPatchError where a directive or an item without its key makes no sense.
 */
export function strategicMerge(object: object, patch: JsonObject): unknown {
  return mergedObjects(object, patch);
}
