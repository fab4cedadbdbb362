import type { Status, StatusDetails } from './status.ts';

/** 64 Ki characters of a Status are kept, all its texts together: as much as is read of the body of a failed request. */
const mostText = 64 * 1024;
/** 500 causes of a Status are kept; servers send up to about 10. */
const mostCauses = 500;

/**
 * A copy of the Status that a server sent, whatever that is. Members of a wrong type are left out, and 64 Ki characters of its
 * texts are kept. The texts are as the server sent them, so they are not safe to print.
 */
export function toldStatus(given: unknown): Status {
  if (!isRecord(given)) return {};
  const texts = textsWithin(mostText);
  const { code, metadata, details } = given;
  const { status, reason, ...type } = texts(given, ['kind', 'apiVersion', 'status', 'reason']);
  const token = isRecord(metadata) ? texts(metadata, ['continue', 'resourceVersion']) : undefined;
  const told = isRecord(details) ? detailsOf(details, texts) : undefined;
  // The message is read last, since nothing depends on it and it may take all that is left. It is written where servers write it.
  const message = texts(given, ['message']);
  return {
    ...type,
    ...(token && { metadata: token }),
    ...(status !== undefined && { status }),
    ...message,
    ...(reason !== undefined && { reason }),
    ...(told && { details: told }),
    ...(Number.isSafeInteger(code) && { code: code as number }),
  };
}

type Texts = <K extends string>(
  value: Readonly<Record<string, unknown>>,
  keys: readonly K[],
) => Partial<Record<K, string>>;

function detailsOf(given: Readonly<Record<string, unknown>>, texts: Texts): StatusDetails {
  const { causes, retryAfterSeconds: seconds } = given;
  return {
    ...texts(given, ['name', 'group', 'kind', 'uid']),
    ...(Array.isArray(causes) && {
      causes: causes
        .slice(0, mostCauses)
        .filter(isRecord)
        .map((cause) => texts(cause, ['reason', 'message', 'field'])),
    }),
    ...(typeof seconds === 'number' && Number.isFinite(seconds) && { retryAfterSeconds: seconds }),
  };
}

/** Reads texts up to a number of characters in all. A text that was cut is a copy and holds no memory of the rest. */
function textsWithin(budget: number): Texts {
  let left = budget;
  return (value, keys) => {
    const found: Partial<Record<(typeof keys)[number], string>> = {};
    for (const key of keys) {
      const text = value[key];
      if (typeof text !== 'string') continue;
      found[key] = text.length > left ? ` ${text.slice(0, left)}`.slice(1) : text;
      left = Math.max(0, left - text.length);
    }
    return found;
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
