import { describe } from 'vitest';
import { applySpecs } from './applies.ts';
import { customObjectSpecs } from './custom-objects.ts';
import { customResourceSpecs } from './custom-resources.ts';
import { definitionSpecs } from './definitions.ts';
import { discoverySpecs } from './discovery.ts';
import { disruptionSpecs } from './disruptions.ts';
import { lifecycleSpecs } from './lifecycles.ts';
import { listSpecs } from './lists.ts';
import { patchSpecs } from './patches.ts';
import { numberSpecs } from './numbers.ts';
import { permissionSpecs } from './permissions.ts';
import { selectionSpecs } from './selections.ts';
import type { Subject } from './server.ts';
import { sharedObjectSpecs } from './shared-objects.ts';
import { sizeSpecs } from './sizes.ts';
import { stalenessSpecs } from './staleness.ts';
import { streamingListSpecs } from './streaming-lists.ts';
import { watchSpecs } from './watches.ts';
import { webSocketSpecs } from './web-sockets.ts';
import { writeSpecs } from './writes.ts';

/** What may run at the same time as all else. */
const peaceful = {
  discovery: discoverySpecs,
  lists: listSpecs,
  watches: watchSpecs,
  synchronising: streamingListSpecs,
  staleness: stalenessSpecs,
  selections: selectionSpecs,
  patches: patchSpecs,
  applies: applySpecs,
  numbers: numberSpecs,
  writes: writeSpecs,
  lifecycles: lifecycleSpecs,
  'shared objects': sharedObjectSpecs,
  permissions: permissionSpecs,
  'custom resources': customResourceSpecs,
  'custom objects': customObjectSpecs,
  definitions: definitionSpecs,
  WebSockets: webSocketSpecs,
} as const;

/** What needs its server for itself. */
const disturbing = { disruptions: disruptionSpecs, sizes: sizeSpecs } as const;

/** A part of the suite. */
export type Part = keyof typeof peaceful | keyof typeof disturbing;

/** The parts that watch, by whatever a subject watches with. */
export const watching: readonly Part[] = [
  'watches',
  'synchronising',
  'staleness',
  'selections',
  'permissions',
  'custom resources',
  'disruptions',
  'sizes',
];

/** The parts that take the processor or the clock for long: they are run on one transport where time counts. */
export const long: readonly Part[] = ['staleness', 'sizes'];

/** The parts in which a transport may make a difference. */
export const carried: readonly Part[] = ['lists', 'watches', 'synchronising', 'selections', 'writes', 'permissions'];

/** All parts. */
export const allParts: readonly Part[] = [...Object.keys(peaceful), ...Object.keys(disturbing)] as Part[];

/**
 * Everything that a client relies on, of a server and of the reflector on it, or some parts of that. What a server declares it
 * cannot do is skipped. Specs that do not disturb each other run at the same time.
 */
export function conformance(subject: Subject, parts: readonly Part[] = allParts): void {
  for (const [part, specs] of Object.entries(peaceful)) {
    if (parts.includes(part as Part)) describe.concurrent(part, () => specs(subject));
  }
  for (const [part, specs] of Object.entries(disturbing)) {
    if (!parts.includes(part as Part)) continue;
    describe(part, { concurrent: subject.isolated }, () => specs(subject));
  }
}
