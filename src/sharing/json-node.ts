/** A JSON object or array. */
export type JsonNode = Fields | unknown[];

/** The members of an object, or of an array by their indexes. */
export type Fields = Record<string, unknown>;

/** True for an object or array. */
export function isNode(value: unknown): value is JsonNode {
  return typeof value === 'object' && value !== null;
}

/** Writes a part of a node that equals its own part. False where the member is read-only or computed: it stays. */
export function exchangePart<K extends string | number>(node: Record<K, unknown>, key: K, part: unknown): boolean {
  try {
    node[key] = part;
    return true;
  } catch {
    return false;
  }
}
