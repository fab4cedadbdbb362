let offset = 0;

/** The time of the server, by which ages are right where this machine's clock is not. */
export const serverTime = (): number => Date.now() + offset;

/** `fetch`, which notes the `Date` of each answer. */
export async function datedFetch(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  offset = offsetOf(response.headers.get('date'), Date.now()) ?? offset;
  return response;
}

/** The least correction that agrees with a `Date` header, which leaves out fractions of a second. */
export function offsetOf(date: string | null, now: number): number | undefined {
  const behind = Date.parse(date ?? '') - now;
  return Number.isNaN(behind) ? undefined : Math.max(behind, Math.min(0, behind + 1000));
}
