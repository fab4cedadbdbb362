import { NEVER } from 'rxjs';
import { type CacheEvent, type KubernetesObject, printable } from 'kuberx';
import { interruptionText } from '../interruption-text.ts';
import type { Reporter, Write } from '../reporter.ts';
import { rowOf } from '../row.ts';
import type { SourceTitle } from '../source.ts';
import { summaryText } from '../summary.ts';

/** A line for whatever happens, without escape codes: for logs and pipes. Bookmarks are not worth one. */
export function plainReporter(write: Write, { resource, namespace }: SourceTitle): Reporter {
  const what = namespace === undefined ? resource : `${resource} in ${namespace}`;
  let complete = false;
  return {
    frames$: NEVER,
    quit$: NEVER,
    next(event) {
      const line = plainLine(event, complete, what);
      if (event.type === 'Replaced') complete = true;
      if (line !== undefined) write(`${line}\n`);
    },
    end: (summary) => write(`stopped: ${summaryText(summary)}\n`),
    refused: () => undefined,
    close: () => undefined,
  };
}

function plainLine(event: CacheEvent<KubernetesObject>, complete: boolean, what: string): string | undefined {
  switch (event.type) {
    case 'Replaced': {
      const { objects, resourceVersion } = event;
      return `${complete ? 'relisted' : 'synced'} ${objects.length} objects of ${what} at version ${printable(resourceVersion)}`;
    }
    case 'Added':
    case 'Updated':
    case 'Deleted': {
      const { namespace, name, status, pod } = rowOf(event.object);
      const key = namespace === '' ? name : `${namespace}/${name}`;
      return [event.type.toLowerCase(), key, status, pod?.node ?? '-'].filter((part) => part !== '-').join(' ');
    }
    case 'Interrupted': {
      const { attempt, retryIn, error, phase } = event;
      // A streaming list is a watch, which needs another right: whether access is denied is told by the list that follows.
      if (!complete && phase === 'streaming' && error.reason === 'Forbidden') return undefined;
      return `interrupted ${interruptionText(event)}; attempt ${attempt}, next in ${(retryIn / 1000).toFixed(1)} s`;
    }
    case 'Received': {
      const { phase, received, remaining } = event;
      if (received === 0) return undefined;
      return `${phase}: ${received} received${remaining === undefined ? '' : `, ${remaining} to come`}`;
    }
    case 'Unwatched':
      return `the server has no watch for ${what}; next list in ${(event.relistIn / 1000).toFixed(1)} s`;
    case 'HeldBack':
      return `held back: ${event.reason}`;
    case 'Refused':
      return `left out ${event.count}: ${printable(event.error.message)}`;
    case 'Bookmark':
    case 'Sync':
    case 'Requested':
    case 'Opened':
    case 'Settled':
      return undefined;
    default:
      return event satisfies never;
  }
}
