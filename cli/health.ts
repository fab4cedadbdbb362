/** What a status says of its object: that all is well, that something is under way, or that it fails. */
export type Health = 'well' | 'underway' | 'failing';

const well = /^(Running|Succeeded|Completed|Active|Bound|Available|Ready|Complete|Approved|Established)$/;
const underway =
  /^(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|NotReady|SchedulingGated|Terminating|Released|Progressing|Creating|-)$/;
// Of other resources only what says so fails: their phases may be anything.
const failing = /fail|error|lost|unknown|degraded|unhealthy|backoff/i;

/**
 * The health that a status stands for. A pod fails with whatever is neither well nor under way, as reasons for that are
 * without number: CrashLoopBackOff, ErrImagePull, Evicted, OOMKilled, Signal:9. Of other resources `undefined` where
 * nothing is known.
 */
export function healthOf(status: string, isPod: boolean): Health | undefined {
  if (well.test(status)) return 'well';
  if (underway.test(status)) return 'underway';
  return isPod || failing.test(status) ? 'failing' : undefined;
}
