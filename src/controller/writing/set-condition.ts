import { asyncScheduler, type TimestampProvider } from 'rxjs';
import { isEqual } from '../../informer/pace/is-equal.ts';

/** A condition of a status, as it is set. Source: apimachinery `meta/v1/types.go`, Condition. */
export interface NewCondition {
  /** `Ready`. One condition of each type. */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** One word for programs, in camel case: `MinimumReplicasAvailable`. */
  readonly reason: string;
  /** A sentence for people. Default: empty. */
  readonly message?: string;
}

/** What a draft has to be for {@link setCondition}: an object whose status may have conditions. */
export interface WithConditions {
  readonly metadata: { readonly generation?: number | undefined };
  status?: { conditions?: object[] | undefined } | undefined;
}

/** Options of {@link setCondition}. */
export interface SetConditionOptions {
  /** The clock of `lastTransitionTime`. Default: asyncScheduler. */
  readonly scheduler?: TimestampProvider;
}

// Source: apimachinery `meta/v1/types.go`, the markers of Condition.
const reasonPattern = /^[A-Za-z]([A-Za-z0-9_,:]{0,1022}[A-Za-z0-9_])?$/;
const typePattern =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const statuses: readonly unknown[] = ['True', 'False', 'Unknown'];

/**
 * Sets a condition in the status of a draft, in the recipe of an `editStatus`. `observedGeneration` becomes the generation of the
 * draft. `lastTransitionTime`, in whole seconds, stays while the status of the condition does. A condition that says the same
 * already is left as it is, so that an edit with nothing else sends nothing.
 *
 * Throws a TypeError for a type, status or reason that a server would refuse.
 *
 * ```ts
 * await writerOf(widgets).editStatus(widget, (draft) =>
 *   setCondition(draft, { type: 'Ready', status: 'True', reason: 'Up' }),
 * );
 * ```
 */
export function setCondition(
  draft: WithConditions,
  { type, status, reason, message = '' }: NewCondition,
  { scheduler = asyncScheduler }: SetConditionOptions = {},
): void {
  if (!typePattern.test(type) || type.length > 316) throw new TypeError('the type of a condition is a name: Ready');
  if (!statuses.includes(status)) throw new TypeError(`the status of the condition ${type} is True, False or Unknown`);
  if (!reasonPattern.test(reason))
    throw new TypeError(`the reason of the condition ${type} is one word in camel case: MinimumReplicasAvailable`);
  draft.status ??= {};
  const conditions = (draft.status.conditions ??= []) as Condition[];
  const index = conditions.findIndex((each) => each.type === type);
  const before = conditions[index];
  const { generation } = draft.metadata;
  const kept = before?.status === status ? before.lastTransitionTime : undefined;
  const condition: Condition = {
    ...before,
    type,
    status,
    reason,
    message,
    lastTransitionTime: kept ?? timestamp(scheduler.now()),
    ...(generation !== undefined && { observedGeneration: generation }),
  };
  if (before === undefined) conditions.push(condition);
  else if (!isEqual({ ...before }, condition)) conditions[index] = condition;
}

interface Condition extends NewCondition {
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
}

/** RFC 3339 in whole seconds, as the server writes times. */
function timestamp(milliseconds: number): string {
  // eslint-disable-next-line no-restricted-globals -- it formats a time, and reads no clock
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
