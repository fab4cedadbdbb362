import type { KubernetesObject } from 'kuberx';
import { isJsonRecord, type JsonRecord } from './lines/json-record.ts';

/** What `kubectl get pods` shows of a pod. Texts are as the server sent them. */
export interface PodColumns {
  /** Containers that are ready, of all that are to run: `1/2`. */
  readonly ready: string;
  /** The STATUS: a phase, or why there is none better. Empty where the server has said nothing yet. */
  readonly status: string;
  readonly restarts: number;
  /** When a container ended last. */
  readonly restartedAt: string | undefined;
}

/**
 * The columns of a pod by the rules of `kubectl get pods`, which are the server's: kubernetes 1.36 `printPod` in
 * pkg/printers/internalversion/printers.go. Whatever else a server sends is passed over.
 */
export function podColumns(pod: KubernetesObject): PodColumns {
  const { spec, status } = parts(pod);
  const conditions = records(status['conditions']);
  const containers = new Containers(spec, status);
  const phase = text(status['phase']);
  let reason = text(status['reason']) || phase;
  if (conditions.some((each) => each['type'] === 'PodScheduled' && each['reason'] === 'SchedulingGated'))
    reason = 'SchedulingGated';

  const initializing = containers.initStatus();
  reason = initializing ?? reason;
  if (initializing === undefined || isTrue(conditions, 'Initialized'))
    reason = containers.runStatus(reason, isTrue(conditions, 'Ready'));

  if (pod.metadata.deletionTimestamp !== undefined) {
    if (status['reason'] === 'NodeLost') reason = 'Unknown';
    else if (phase !== 'Succeeded' && phase !== 'Failed') reason = 'Terminating';
  }
  const { ready, total, restarts, restartedAt } = containers;
  return { ready: `${ready}/${total}`, status: reason, restarts, restartedAt };
}

/** The containers of a pod, counted while their states are read. */
class Containers {
  readonly total: number;
  ready = 0;
  restarts = 0;
  restartedAt: string | undefined;
  readonly #init: readonly JsonRecord[];
  readonly #sidecars: ReadonlySet<unknown>;
  readonly #initStates: readonly JsonRecord[];
  readonly #states: readonly JsonRecord[];

  constructor(spec: JsonRecord, status: JsonRecord) {
    this.#init = records(spec['initContainers']);
    const sidecars = this.#init.filter((each) => each['restartPolicy'] === 'Always');
    this.#sidecars = new Set(sidecars.map(({ name }) => name));
    this.total = records(spec['containers']).length + sidecars.length;
    this.#initStates = records(status['initContainerStatuses']);
    this.#states = records(status['containerStatuses']);
  }

  /** The status while the init containers are not through, `undefined` once they are. Counts them. */
  initStatus(): string | undefined {
    for (const [index, state] of this.#initStates.entries()) {
      this.#count(state);
      const { terminated, waiting } = stateOf(state);
      if (terminated?.['exitCode'] === 0) continue;
      if (this.#isSidecar(state) && state['started'] === true) {
        if (state['ready'] === true) this.ready += 1;
        continue;
      }
      if (terminated !== undefined) return `Init:${ending(terminated)}`;
      const reason = text(waiting?.['reason']);
      return reason !== '' && reason !== 'PodInitializing' ? `Init:${reason}` : `Init:${index}/${this.#init.length}`;
    }
    return undefined;
  }

  /** The status by the containers proper, where they have one; `reason` otherwise. Counts them and the sidecars anew. */
  runStatus(reason: string, isReady: boolean): string {
    this.restarts = 0;
    this.restartedAt = undefined;
    for (const state of this.#initStates) if (this.#isSidecar(state)) this.#count(state);
    let status = reason;
    let failure = '';
    let running = false;
    // Backwards: what the first container says counts.
    for (const state of [...this.#states].reverse()) {
      this.#count(state);
      const { terminated, waiting, running: runs } = stateOf(state);
      const waits = text(waiting?.['reason']);
      if (waits !== '') status = waits;
      else if (terminated !== undefined) {
        status = ending(terminated);
        if (terminated['exitCode'] !== 0) failure = status;
      } else if (state['ready'] === true && runs !== undefined) {
        running = true;
        this.ready += 1;
      }
    }
    if (status !== 'Completed') return status;
    if (running && isReady) return 'Running';
    return failure || (running ? 'NotReady' : status);
  }

  #isSidecar({ name }: JsonRecord): boolean {
    return this.#sidecars.has(name);
  }

  #count({ restartCount, lastState }: JsonRecord): void {
    if (typeof restartCount === 'number') this.restarts += restartCount;
    const { terminated } = isJsonRecord(lastState) ? lastState : {};
    const finished = isJsonRecord(terminated) ? text(terminated['finishedAt']) : '';
    // RFC 3339 in UTC to the second, as servers write it, sorts as text.
    if (finished !== '' && finished > (this.restartedAt ?? '')) this.restartedAt = finished;
  }
}

/** How a container ended, in a word. */
function ending({ reason, signal, exitCode }: JsonRecord): string {
  if (text(reason) !== '') return text(reason);
  return number(signal) !== 0 ? `Signal:${number(signal)}` : `ExitCode:${number(exitCode)}`;
}

function stateOf({ state }: JsonRecord): { readonly [name in 'terminated' | 'waiting' | 'running']?: JsonRecord } {
  const of = isJsonRecord(state) ? state : {};
  const { terminated, waiting, running } = of;
  return {
    ...(isJsonRecord(terminated) ? { terminated } : {}),
    ...(isJsonRecord(waiting) ? { waiting } : {}),
    ...(isJsonRecord(running) ? { running } : {}),
  };
}

function parts(pod: KubernetesObject): { readonly spec: JsonRecord; readonly status: JsonRecord } {
  const { spec, status } = pod as { readonly spec?: unknown; readonly status?: unknown };
  return { spec: isJsonRecord(spec) ? spec : {}, status: isJsonRecord(status) ? status : {} };
}

function isTrue(conditions: readonly JsonRecord[], type: string): boolean {
  return conditions.find((each) => each['type'] === type)?.['status'] === 'True';
}

function records(value: unknown): JsonRecord[] {
  return Array.isArray(value) ? value.filter(isJsonRecord) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
