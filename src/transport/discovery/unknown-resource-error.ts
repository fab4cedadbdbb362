import { KubeError } from '../../protocol/errors/kube-error.ts';
import { printable } from '../../protocol/errors/printable.ts';
import type { DiscoveredApis } from './discovered-apis.ts';

/** A name of Kubernetes is no longer than this; of a longer text only the beginning is compared and shown. */
const longestName = 253;
const mostNear = 3;
const mostFailures = 5;

/**
 * The error for a name or a kind that a server does not serve: a `KubeError` with the reason NotFound. Its message has the
 * similar ones that the server does serve, and the parts of it that did not answer, where the name may be.
 */
export class UnknownResourceError extends KubeError {
  /** The name as it was given; of a kind `apps/v1/Deployment`. */
  readonly text: string;
  /** Up to three full names of similar resources, the most similar first: `apps/v1/deployments`. */
  readonly near: readonly string[];
  /** The parts of the server's discovery that could not be read, where it may be: `metrics.k8s.io/v1beta1`. */
  readonly unread: readonly string[];

  constructor(text: string, apis: DiscoveredApis) {
    const short = text.slice(0, longestName);
    const near = nearNames(short, apis);
    const meant = near.length === 0 ? '' : `; it has ${near.join(', ')}`;
    const unread = apis.failures.map(({ where }) => where);
    const rest = unread.length > mostFailures ? ' and others' : '';
    const lost =
      unread.length === 0 ? '' : `; it did not tell all of ${unread.slice(0, mostFailures).join(', ')}${rest}`;
    const shown = printable(JSON.stringify(short), longestName);
    super({ reason: 'NotFound', resource: 'discovery', message: `the server has no resource ${shown}${meant}${lost}` });
    this.name = 'UnknownResourceError';
    this.text = text;
    this.near = near;
    this.unread = unread;
  }
}

function nearNames(text: string, { resources }: DiscoveredApis): readonly string[] {
  const word = wordOf(text);
  if (word === '') return [];
  // A typing error in three letters, and no more than three: more are another word.
  const most = Math.min(3, Math.ceil(word.length / 3));
  return resources
    .filter(({ preferred }) => preferred)
    .map(({ name, plural, singular, kind, shortNames }) => {
      const words = [plural, singular, kind.toLowerCase()].filter((each) => each !== '');
      const distances = words.map((each) => distance(word, each, most));
      const isShort = shortNames.some((each) => each.toLowerCase() === word);
      return { name, distance: isShort ? 0 : Math.min(...distances) };
    })
    .filter((each) => each.distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNear)
    .map(({ name }) => name);
}

/** The part that names the resource: the last of a full name or of a type, the first of a word with dots. */
function wordOf(text: string): string {
  const last = text.slice(text.lastIndexOf('/') + 1);
  return (last.split('.', 1)[0] ?? '').toLowerCase();
}

/** How many letters have to be changed, added or removed to come from one word to the other; Infinity above `most`. */
function distance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return Infinity;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let index = 0; index < from.length; index++) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (row[column - 1] ?? 0) + Number(from[index] !== to[column - 1]);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  const total = row[to.length] ?? Infinity;
  return total <= most ? total : Infinity;
}
