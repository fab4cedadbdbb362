import { standaloneText } from './standalone-text.ts';

/**
 * Gives an earlier text that equals the given one, to hold instead of it; `undefined` where none is known. JavaScript cannot
 * tell two equal texts apart, but each of them takes its memory.
 */
export type KnownText = (text: string) => string | undefined;

/** V8 itself holds a parsed text of up to 10 characters once. */
const longestOfV8 = 10;
/** Longer texts are rarely equal. Of a pod's texts, digests and image names with a registry are the longest. */
const longest = 128;
/** The table has one place for each of 512 texts. A pod with siblings brings about twenty. */
const places = 512;

/**
 * Gives a table of the texts that came last, for one object at a time. Objects repeat texts in themselves and among each
 * other where nothing around them is equal: times, images, nodes. Of 10,000 pods with siblings the table saves 28% of
 * the memory.
 *
 * A text is kept when it comes a second time. The table is held weakly: a garbage collection takes it with all of its texts,
 * and the next object gets an empty one. So no text outlives its objects here, that of a Secret included.
 */
export function textTable(): () => KnownText {
  const seen = new Int32Array(places);
  let current: WeakRef<KnownText> | undefined;
  return () => {
    let table = current?.deref();
    if (table === undefined) {
      table = emptyTable(seen);
      current = new WeakRef(table);
    }
    return table;
  };
}

/** `seen` has the hash of the last text of each place. It outlives the table, so that a text is known again after one more time. */
function emptyTable(seen: Int32Array): KnownText {
  const texts = new Array<string>(places).fill('');
  return (text) => {
    const { length } = text;
    if (length <= longestOfV8 || length > longest) return undefined;
    const hash = hashOf(text);
    const place = hash & (places - 1);
    if (texts[place] === text) return texts[place];
    if (seen[place] === hash) texts[place] = standaloneText(text);
    seen[place] = hash;
    return undefined;
  };
}

// Names, times and addresses differ near their end. Reading all of a text would take longer than it saves.
function hashOf(text: string): number {
  const { length } = text;
  const last = text.charCodeAt(length - 1) + (text.charCodeAt(length - 2) << 8);
  const before = text.charCodeAt(length - 3) + (text.charCodeAt(length - 5) << 8) + length;
  return (Math.imul(last, 0x9e3779b1) ^ Math.imul(before, 0x85ebca6b)) >> 7;
}

/** Replaces a member that is a text by the known one. A member that is read-only or computed stays. */
export function exchangeText<K extends string | number>(
  node: Record<K, unknown>,
  key: K,
  text: unknown,
  knownText: KnownText,
): void {
  if (typeof text !== 'string') return;
  const known = knownText(text);
  if (known !== undefined && Object.getOwnPropertyDescriptor(node, key)?.writable === true) node[key] = known;
}
