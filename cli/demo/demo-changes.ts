import { demoPod, isJobPod, type DemoPod, type PodStage } from './demo-pod.ts';

/** A write to the embedded server. */
export interface DemoChange {
  readonly verb: 'create' | 'update' | 'delete';
  readonly pod: DemoPod;
}

interface LivePod {
  readonly index: number;
  stage: PodStage;
  restarts: number;
}

/** The life of the demo in turns; as many pods come as go. */
const turns = ['create', 'advance', 'restart', 'advance', 'delete', 'advance', 'restart', 'advance'] as const;

/** The stage of a pod of the first state: most run, some wait for a node, jobs are over or run. */
export function initialStage(index: number): PodStage {
  if (index % 31 === 7) return 'created';
  return isJobPod(index) && index % 3 !== 0 ? 'ended' : 'running';
}

/**
 * Changes of a cluster that starts with the first `count` demo pods, for ever and always the same: pods are created, get
 * a node, run, restart, end and go. The number of pods stays within one of `count`.
 */
export function* demoChanges(count: number): Generator<DemoChange, never> {
  const pods: LivePod[] = Array.from({ length: count }, (_, index) => ({
    index,
    stage: initialStage(index),
    restarts: 0,
  }));
  const unfinished = pods.filter(({ stage }) => stage === 'created');
  let next = count;
  let picked = 0;

  const pick = (): number => (picked = (picked + 7919) % pods.length);
  const written = (verb: 'create' | 'update', pod: LivePod): DemoChange => ({
    verb,
    pod: demoPod(pod.index, pod.stage, pod.restarts),
  });

  function create(): DemoChange {
    const pod: LivePod = { index: next++, stage: 'created', restarts: 0 };
    pods.push(pod);
    unfinished.push(pod);
    return written('create', pod);
  }

  function remove(): DemoChange {
    const at = pick();
    const pod = pods[at];
    const last = pods.pop();
    if (pod === undefined || last === undefined) return create();
    if (at < pods.length) pods[at] = last;
    const waiting = unfinished.indexOf(pod);
    if (waiting >= 0) unfinished.splice(waiting, 1);
    return { verb: 'delete', pod: demoPod(pod.index, pod.stage, pod.restarts) };
  }

  function advance(): DemoChange | undefined {
    const pod = unfinished.shift();
    if (pod === undefined) return undefined;
    pod.stage = pod.stage === 'created' ? 'scheduled' : pod.stage === 'scheduled' ? 'running' : 'ended';
    if (pod.stage === 'scheduled' || (pod.stage === 'running' && isJobPod(pod.index))) unfinished.push(pod);
    return written('update', pod);
  }

  function restart(): DemoChange {
    // Few pods have ended: soon one is found that can restart. If all have, one of them is written all the same.
    let pod = pods[pick()];
    for (let tries = 0; pod?.stage === 'ended' && tries < pods.length; tries++) pod = pods[pick()];
    if (pod === undefined) return create();
    pod.restarts += 1;
    return written('update', pod);
  }

  for (let turn = 0; ; turn++) {
    const kind = turns[turn % turns.length];
    if (pods.length === 0) yield create();
    else if (kind === 'create') yield pods.length > count ? remove() : create();
    else if (kind === 'delete') yield pods.length < count ? create() : remove();
    else yield (kind === 'advance' ? advance() : undefined) ?? restart();
  }
}
