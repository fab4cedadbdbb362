import { parseLabelSelector } from 'kuberx';
import type { Pod } from './columns.ts';

/**
 * Which pods a text finds: `web !canary -l tier=front` those with `web` and without `canary` in `/namespace/name`, and with this
 * label. Throws a SelectorError.
 */
export function filterOf(text: string): (pod: Pod) => boolean {
  const [words = '', selector = ''] = text.split(/(?:^|\s)-l(?:\s|$)/);
  const labels = parseLabelSelector(selector);
  const terms = words.toLowerCase().match(/!?[^\s!]\S*/g) ?? [];
  return ({ metadata: { namespace, name, labels: own } }) => {
    const path = `/${namespace}/${name}`;
    return (
      terms.every((term) => (term.startsWith('!') ? !path.includes(term.slice(1)) : path.includes(term))) &&
      labels.matches(own)
    );
  };
}
