import type { ApiReply } from './api-reply.ts';
import type { RecordedRequest } from './recorded-request.ts';

/** A request that was answered. */
export interface AnsweredRequest extends RecordedRequest {
  /** The HTTP code; 200 of a watch that began. `reset`: the connection was broken, `hang`: it waits for ever. */
  readonly code: number | 'reset' | 'hang';
  /** Until its answer was made, on the server's scheduler. */
  readonly milliseconds: number;
}

/** What is told of a request once its reply is there. */
export function answeredRequest(request: RecordedRequest, reply: ApiReply, milliseconds: number): AnsweredRequest {
  const code = typeof reply === 'string' ? reply : 'code' in reply ? reply.code : 200;
  return { ...request, code, milliseconds };
}
