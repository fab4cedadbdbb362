import type { KubernetesObject, ReflectorOptions, StoreOptions } from 'kuberx';
import type { ListWatchOptions } from 'kuberx/client-node';
import { namespaces } from './soak-server.ts';

/** One way to set up a reflector and its store. */
export interface SubjectKind {
  readonly name: string;
  readonly reflector?: ReflectorOptions<KubernetesObject>;
  readonly listWatch?: Omit<ListWatchOptions, 'metadataOnly'>;
  readonly metadataOnly?: boolean;
  readonly store?: StoreOptions<KubernetesObject, never>;
  /** Which objects it is to hold; default all. */
  readonly selects?: (object: KubernetesObject) => boolean;
}

const [namespace = ''] = namespaces;
const gold = { labelSelector: 'tier=gold' };
const isGold = ({ metadata }: KubernetesObject): boolean => metadata.labels?.['tier'] === 'gold';
const short = { min: 1000, max: 3000 };

/** Every way that a soak tries, in turn. */
export const subjectKinds: readonly SubjectKind[] = [
  { name: 'streaming' },
  { name: 'paged', reflector: { streaming: false } },
  { name: 'small pages', reflector: { streaming: false, pageSize: 7 } },
  { name: 'metadata only', metadataOnly: true },
  { name: 'metadata only, small pages', metadataOnly: true, reflector: { streaming: false, pageSize: 11 } },
  { name: 'label selector', listWatch: gold, selects: isGold },
  {
    name: 'label selector, small pages',
    listWatch: gold,
    selects: isGold,
    reflector: { streaming: false, pageSize: 5 },
  },
  { name: 'namespace', listWatch: { namespace }, selects: ({ metadata }) => metadata.namespace === namespace },
  { name: 'short watches', reflector: { watchTimeout: short } },
  { name: 'short watches, paged', reflector: { streaming: false, watchTimeout: short } },
  { name: 'without interning', store: { intern: false } },
  { name: 'resync', reflector: { resyncPeriod: 300 } },
];
