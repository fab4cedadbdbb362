import type { Status, StatusDetails } from './status.ts';

/** So many characters of a Status are kept, all its texts together: as much as is read of the body of a failed request. */
const mostText = 64 * 1024;
/** So many of its causes are kept; servers send up to some ten. */
const mostCauses = 500;

/**
 * The Status that a server sent, whatever it is: members of a wrong type are left out, and of its texts 64 Ki characters are
 * kept. They are as the server sent them, and nothing to print.
 */
export function toldStatus(given: unknown): Status {
  if (!isRecord(given)) return {};
  const texts = textsWithin(mostText);
  const { code, metadata, details } = given;
  const { status, reason, ...type } = texts(given, ['kind', 'apiVersion', 'status', 'reason']);
  const token = isRecord(metadata) ? texts(metadata, ['continue', 'resourceVersion']) : undefined;
  const told = isRecord(details) ? detailsOf(details, texts) : undefined;
  // Read last: it decides nothing, and may take all that is left. Written where servers write it.
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

/** Reads texts; of those that exceed what is left of the budget, only that much, as a copy that keeps nothing of the rest. */
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
