import { isJsonObject, type JsonObject } from '../objects/json-object.ts';

/** A condition of a definition. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

function conditionsOf(status: unknown): readonly JsonObject[] {
  const { conditions } = isJsonObject(status) ? status : {};
  return Array.isArray(conditions) ? conditions.filter(isJsonObject) : [];
}

/** Whether a condition of a definition is true. */
export function isTrue(object: object, type: string): boolean {
  const { status } = object as { readonly status?: unknown };
  return conditionsOf(status).some((each) => each['type'] === type && each['status'] === 'True');
}

/** The conditions of a status with one of them set; its time is new where it turns. */
export function withCondition(status: unknown, condition: Condition, time: string): readonly JsonObject[] {
  const all = conditionsOf(status);
  const { type, status: state, reason, message } = condition;
  const before = all.find((each) => each['type'] === type);
  const lastTransitionTime = before?.['status'] === state ? before['lastTransitionTime'] : time;
  const set = { type, status: state, lastTransitionTime, reason, message };
  return before === undefined ? [...all, set] : all.map((each) => (each === before ? set : each));
}
