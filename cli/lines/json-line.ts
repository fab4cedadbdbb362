import { type CacheEvent, type KubernetesObject, metaNamespaceKey } from 'kuberx';

/**
 * An event as one line of JSON, without the line's end. Of objects it has keys and versions, never content, which may be
 * a Secret's; of a failure its reason, never the server's words. A program that applies the lines in order has the state.
 */
export function jsonLine(event: CacheEvent<KubernetesObject>): string {
  return JSON.stringify(projected(event)).replaceAll(obeyed, escaped);
}

// What a terminal might obey and JSON lets stand: control and format characters, and Unicode's own line ends.
const obeyed = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}

function projected(event: CacheEvent<KubernetesObject>): object {
  const { type } = event;
  switch (type) {
    case 'Replaced': {
      // `fromEntries` defines properties, so that a key such as `__proto__` is one among others.
      const objects = Object.fromEntries(event.objects.map((object) => [metaNamespaceKey(object), version(object)]));
      return { type, resourceVersion: event.resourceVersion, objects };
    }
    case 'Added':
    case 'Updated':
    case 'Deleted':
      return { type, key: metaNamespaceKey(event.object), resourceVersion: event.resourceVersion };
    case 'Bookmark':
      return { type, resourceVersion: event.resourceVersion };
    case 'Sync':
      return { type };
    case 'Requested':
      return { type, phase: event.phase, received: event.received };
    case 'Opened':
      return { type, phase: event.phase };
    case 'Received':
      return { type, phase: event.phase, received: event.received, remaining: event.remaining };
    case 'Settled':
      return { type };
    case 'Unwatched':
      return { type, relistIn: event.relistIn };
    case 'HeldBack':
      return { type, phase: event.phase, reason: event.reason };
    case 'Interrupted': {
      const { phase, error, attempt, retryIn } = event;
      return { type, phase, reason: error.reason, attempt, retryIn };
    }
    case 'Refused':
      return { type, reason: event.error.reason, count: event.count };
  }
}

function version({ metadata }: KubernetesObject): string {
  return metadata.resourceVersion ?? '';
}
