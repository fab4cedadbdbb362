import type { NoReply } from '../requests/api-reply.ts';
import type { InterceptedReply, Interceptor } from '../requests/interception.ts';

type Answer = InterceptedReply | NoReply;

function status(code: number, reason: string, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    code,
    headers,
    body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
  };
}

/** What a server in trouble answers. */
const answers: readonly Answer[] = [
  status(500, 'InternalError', 'Internal error occurred: by --failures'),
  status(503, 'ServiceUnavailable', 'the server is currently unable to handle the request'),
  status(429, 'TooManyRequests', 'Too many requests, please try again later.', { 'Retry-After': '1' }),
  'reset',
];

/** Lets a share of the requests fail, from 0 to 1, each in one of four ways. What is asked for discovery and health does not fail. */
export function chanceFailures(share: number, random: () => number): Interceptor {
  return ({ resource }) => {
    if (resource === undefined || random() >= share) return undefined;
    return answers[Math.floor(random() * answers.length)];
  };
}
