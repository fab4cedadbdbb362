import { hours } from '../streams/time/duration.ts';

/**
 * The options of a reflector or an informer that keep the frames of a marble spec known and few:
 * `sharedInformer(server, { ...marbleOptions, gracePeriod })`. No delay grows by chance. A watch is asked for an hour,
 * so none is opened again in between.
 */
export const marbleOptions: {
  readonly random: () => number;
  readonly watchTimeout: { readonly min: number; readonly max: number };
} = { random: () => 0, watchTimeout: { min: hours(1), max: hours(1) } };
