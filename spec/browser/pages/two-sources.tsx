import { useEffect } from 'react';
import { merge } from 'rxjs';
import type { KubernetesObject } from 'kuberx';
import { useKube } from 'kuberx/react';
import { factory } from './factory.ts';

const newest = (objects: Iterable<KubernetesObject>): number =>
  Math.max(0, ...[...objects].map(({ metadata }) => Number(metadata.resourceVersion)));

/** Each moment of the informers, and each that is shown: the newest version of a pod and that of an event. */
const moments = new Set<string>();
const shown = new Set<string>();
/** Where two components show two moments. */
const torn = new Set<string>();
Object.assign(window, { seen: () => [moments, shown, torn].map((set) => [...set]) });

/** Pods and events by two hooks in one component, and by a hook each in two others. */
export function TwoSources() {
  useEffect(() => {
    const pods = factory.informer('v1/pods');
    const events = factory.informer('v1/events');
    const subscription = merge(pods.commits$, events.commits$).subscribe(() => {
      moments.add(`${newest(pods.snapshot$.value.list())} ${newest(events.snapshot$.value.list())}`);
    });
    let frame = requestAnimationFrame(function look() {
      const [both = '', ...alone] = ['both', 'pods', 'events'].map((id) => document.getElementById(id)?.textContent);
      shown.add(both);
      if (alone.join(' ') !== both) torn.add(`${both} beside ${alone.join(' ')}`);
      frame = requestAnimationFrame(look);
    });
    return () => {
      subscription.unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, []);
  return (
    <>
      <Pods />
      <Both />
      <Events />
    </>
  );
}

function Both() {
  return <p id="both">{`${newest(useKube('v1/pods').rows)} ${newest(useKube('v1/events').rows)}`}</p>;
}

function Pods() {
  return <p id="pods">{newest(useKube('v1/pods').rows)}</p>;
}

function Events() {
  return <p id="events">{newest(useKube('v1/events').rows)}</p>;
}
