import { describe } from 'vitest';
import { applySpecs } from './applies.ts';
import { customObjectSpecs } from './custom-objects.ts';
import { customResourceSpecs } from './custom-resources.ts';
import { definitionSpecs } from './definitions.ts';
import { discoverySpecs } from './discovery.ts';
import { disruptionSpecs } from './disruptions.ts';
import { lifecycleSpecs } from './lifecycles.ts';
import { listSpecs } from './lists.ts';
import { numberSpecs } from './numbers.ts';
import { patchSpecs } from './patches.ts';
import { permissionSpecs } from './permissions.ts';
import { selectionSpecs } from './selections.ts';
import type { Subject } from './server.ts';
import { sizeSpecs } from './sizes.ts';
import { stalenessSpecs } from './staleness.ts';
import { streamingListSpecs } from './streaming-lists.ts';
import { watchSpecs } from './watches.ts';
import { writeSpecs } from './writes.ts';

/**
 * Everything that a client relies on, of a server and of the reflector on it. What a server declares it cannot do is
 * skipped. Specs that do not disturb each other run at the same time.
 */
export function conformance(subject: Subject): void {
  describe.concurrent('discovery', () => discoverySpecs(subject));
  describe.concurrent('lists', () => listSpecs(subject));
  describe.concurrent('watches', () => watchSpecs(subject));
  describe.concurrent('synchronising', () => streamingListSpecs(subject));
  describe.concurrent('staleness', () => stalenessSpecs(subject));
  describe.concurrent('selections', () => selectionSpecs(subject));
  describe.concurrent('patches', () => patchSpecs(subject));
  describe.concurrent('applies', () => applySpecs(subject));
  describe.concurrent('numbers', () => numberSpecs(subject));
  describe.concurrent('writes', () => writeSpecs(subject));
  describe.concurrent('lifecycles', () => lifecycleSpecs(subject));
  describe.concurrent('permissions', () => permissionSpecs(subject));
  describe.concurrent('custom resources', () => customResourceSpecs(subject));
  describe.concurrent('custom objects', () => customObjectSpecs(subject));
  describe.concurrent('definitions', () => definitionSpecs(subject));
  describe('disruptions', { concurrent: subject.isolated }, () => disruptionSpecs(subject));
  describe('sizes', { concurrent: subject.isolated }, () => sizeSpecs(subject));
}
