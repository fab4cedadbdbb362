import { BehaviorSubject, type Subscription } from 'rxjs';
import type { EventHandlerRegistration } from '#src/informer/handlers/event-handler-registration.ts';
import type { SharedInformer } from '#src/informer/shared-informer.ts';
import { nanoseconds, processorTime } from '../store/measure.ts';
import type { BenchPod } from '../store/pod.ts';
import { type Section, times } from '../store/section.ts';
import { running } from './running.ts';

const nothing = (): void => undefined;

/** Who comes, and how it goes. */
const visitors: Readonly<
  Record<string, (informer: SharedInformer<BenchPod>) => Subscription | EventHandlerRegistration>
> = {
  snapshot$: ({ snapshot$ }) => snapshot$.subscribe(nothing),
  observe: (informer) => informer.observe('default/none').subscribe(nothing),
  commits$: ({ commits$ }) => commits$.subscribe(nothing),
  events$: ({ events$ }) => events$.subscribe(nothing),
  addEventHandler: (informer) => informer.addEventHandler({ onAdd: nothing }),
};

/** The cost of subscribing to a running informer, getting its state, and unsubscribing. */
export function mounts(sizes: readonly number[]): Section {
  const rows = sizes.map((size) => {
    const operations = Math.max(20, Math.round(20_000 / Math.max(1, size)));
    const state$ = new BehaviorSubject(0);
    const { informer, stop } = running(size);
    const candidates = Object.entries(visitors).map(([name, visit]) => ({
      name,
      operations,
      run: () => {
        for (let index = 0; index < operations; index++) {
          const visitor = visit(informer);
          if ('unsubscribe' in visitor) visitor.unsubscribe();
          else visitor.remove();
        }
      },
    }));
    const floor = {
      name: 'BehaviorSubject',
      operations,
      run: () => {
        for (let index = 0; index < operations; index++) state$.subscribe(nothing).unsubscribe();
      },
    };
    const measured = nanoseconds([floor, ...candidates], 15, processorTime);
    stop();
    const us = (name: string): string => (measured.get(name)! / 1000).toFixed(2);
    const least = measured.get(floor.name)!;
    const cell = (name: string): string => `${us(name)} (${times(measured.get(name)! / least)})`;
    return [size, us(floor.name), ...Object.keys(visitors).map(cell)];
  });
  return {
    title: 'to come to a running informer, get its state, and go, us (ratio to a BehaviorSubject)',
    columns: ['objects', 'BehaviorSubject', ...Object.keys(visitors)],
    rows,
    verdicts: [],
  };
}
