import { useEffect, useState } from 'react';

let offset = 0;

/** The time of the server at a time of this machine, whose clock may be wrong. */
export const serverTime = (now: number): number => now + offset;

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

/** The time of this machine, each second. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
