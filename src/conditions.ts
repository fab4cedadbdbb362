export {
  and,
  exists,
  hasCondition,
  hasLoadBalancer,
  isCompleted,
  isDeleted,
  isEstablished,
  isReady,
  isRolledOut,
  isRunning,
  not,
  or,
} from './informer/waiting/condition.ts';
export type { Condition } from './informer/waiting/condition.ts';
