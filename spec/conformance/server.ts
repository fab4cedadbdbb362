import type { KubeConfig } from '@kubernetes/client-node';
import type { TestContext } from 'vitest';

/** What a server can do, and what its faults do to it: declared, so that a spec that does not run is seen as skipped. */
export interface Capabilities {
  /** `sendInitialEvents` is known; otherwise it is refused with 422. */
  readonly streamingLists: boolean;
  /** Lists are answered from a cache: one of version 0 ignores its limit. */
  readonly cached: boolean;
  /** Bookmarks come, beside the one that ends a streaming list. */
  readonly bookmarks: boolean;
  /** After a restart, a watch can go on from a version of before. */
  readonly resumesAfterRestart: boolean;
  /** Watches from before a compaction are refused. A cached server has its own memory of changes. */
  readonly compactionExpiresWatches: boolean;
  /** What a page of another site may have sent is refused with 403: where no token is asked for, it would be answered. */
  readonly refusesForeignPages: boolean;
  /** What it serves of its own is that of the release which the control plane is pinned to. */
  readonly pinnedRelease: boolean;
  /** How many objects are many here, in view of how long they take to be written. */
  readonly manyObjects: number;
}

/** A verb that a user may be allowed. */
export type ReadVerb = 'list' | 'watch';

/**
 * A Kubernetes API server under test, and its faults. It holds ConfigMaps, Secrets and custom resources of the group
 * `conformance.example.io`; namespaces are made with {@link Server.makeNamespace}. Only one spec at a time may use a
 * method that is marked as a disruption: it affects everyone.
 */
export interface Server {
  readonly capabilities: Capabilities;
  /** Path of a kubeconfig whose user may do everything. It may be rewritten, so it is to be loaded when it is needed. */
  readonly kubeconfig: string;

  /** Makes a namespace, empty, and returns its name. */
  makeNamespace(): Promise<string>;
  /** Stores so many ConfigMaps, `many-1` and so on, as fast as it can be done. */
  populate(namespace: string, count: number): Promise<void>;

  /** Serves `conformance.example.io/v1/PLURAL`, of any content, from now on. Resolves when it does. */
  define(plural: string): Promise<void>;
  /** Deletes the definition and all objects of it. Resolves when the resource is not found any more. */
  undefine(plural: string): Promise<void>;

  /**
   * A kubeconfig whose user may do nothing but what {@link allow} says, with the ConfigMaps of one namespace. Where the
   * server knows no users, everyone is that user until all is allowed.
   */
  makeUser(namespace: string): Promise<KubeConfig>;
  /** Resolves when it is in effect. */
  allow(namespace: string, verbs: readonly ReadVerb[]): Promise<void>;
  /** A token for the ConfigMaps of a namespace. The one before is refused from now on, or within ten seconds. */
  newToken(namespace: string): Promise<string>;

  /** Ends the server, as if killed: connections are reset, and refused until {@link start}. A disruption. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Deletes a ConfigMap behind the back of a server that is killed. */
  deleteStored(namespace: string, name: string): Promise<void>;
  /** Forgets what was before a version. Resolves when lists of older versions are refused. A disruption. */
  compact(version: string): Promise<void>;
  /** Takes a copy of all that is stored. A disruption. */
  backUp(): Promise<void>;
  /** Goes back to that copy: versions move backwards. A disruption. */
  restore(): Promise<void>;
}

/** A server that specs can be run against. */
export interface Subject {
  readonly capabilities: Capabilities;
  /** Each test has a server of its own, so that disruptions disturb nobody else. */
  readonly isolated: boolean;
  /** How watches reach the server. Default: as all other requests do. */
  readonly watchesBy?: 'webSocket';
  /** One that is started for the test or shared with others. */
  readonly serve: (test: TestContext) => Promise<Server>;
}

/** Where custom resources are served. */
export const customGroup = 'conformance.example.io';
