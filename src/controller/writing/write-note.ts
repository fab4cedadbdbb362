import type { Observable } from 'rxjs';
import type { KubernetesObject } from '../../protocol/objects/kubernetes-object.ts';
import type { ObjectReference } from '../../protocol/resource-client.ts';

/**
 * What came of a request that writes: an answer, with what the server holds now; or no answer, so that nobody knows. A write
 * that the server refused, and a dry run, have no note.
 */
export type WriteNote =
  | {
      readonly type: 'written';
      readonly resource: string;
      readonly object: KubernetesObject;
      /** The version that the server was asked to find, and found. */
      readonly condition?: string | undefined;
      /** True for the answer of a subresource that is another object, such as a Scale: only its version tells something. */
      readonly isPart: boolean;
      /** Asks the server what there is. Emits once, or fails with NotFound. */
      readonly read: (reference: ObjectReference) => Observable<KubernetesObject>;
    }
  | {
      readonly type: 'deleted';
      readonly resource: string;
      /** With the uid where it is known. */
      readonly object: KubernetesObject;
    }
  | {
      readonly type: 'lost';
      readonly resource: string;
      readonly reference: ObjectReference;
      /** Asks the server what there is. Emits once, or fails with NotFound. */
      readonly read: (reference: ObjectReference) => Observable<KubernetesObject>;
    };

/** Told of each write that may have changed something, before its subscriber gets the answer. */
export type OnWrite = (note: WriteNote) => void;
