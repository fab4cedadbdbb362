import { hours } from '../streams/time/duration.ts';

/**
 * The options of a reflector or an informer that a marble spec needs, so that its frames are known and few:
 * `sharedInformer(server, { ...marbleOptions, gracePeriod })`. No delay is made longer by chance, and a watch that the server
 * does not end is asked for an hour, so that none is opened again in between.
 */
export const marbleOptions: {
  readonly random: () => number;
  readonly watchTimeout: { readonly min: number; readonly max: number };
} = { random: () => 0, watchTimeout: { min: hours(1), max: hours(1) } };
