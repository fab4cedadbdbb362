/** What is used of `performance`. */
export interface Timeline {
  getEntriesByType?(type: string): readonly { readonly name?: string; readonly nextHopProtocol?: string }[];
}

/**
 * The protocol by which a browser talks to an origin, such as `h2` or `http/1.1`, by the requests that it has made: of the page
 * itself, or of what the page has loaded from there. `undefined` where it does not tell, as of another origin without
 * `Timing-Allow-Origin`, and where there is no browser.
 */
export function nextHopProtocol(origin: string, page: string | undefined, timeline: Timeline): string | undefined {
  const entries = (type: string): readonly { readonly name?: string; readonly nextHopProtocol?: string }[] =>
    timeline.getEntriesByType?.(type) ?? [];
  const told = origin === page ? entries('navigation').find(({ nextHopProtocol }) => nextHopProtocol) : undefined;
  if (told !== undefined) return told.nextHopProtocol;
  return entries('resource').findLast(({ name = '', nextHopProtocol }) => isOf(name, origin) && nextHopProtocol)
    ?.nextHopProtocol;
}

function isOf(url: string, origin: string): boolean {
  return url === origin || url.startsWith(`${origin}/`);
}
