/** The time of a clock, given in milliseconds, as RFC 3339 in seconds; the text is made anew when the second is over. */
export function timestamps(now: () => number): () => string {
  let second = Number.NaN;
  let text = '';
  return () => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      text = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    }
    return text;
  };
}
