/** A path without the slashes at its end. A regular expression would look at each row of slashes once for each of them. */
export function withoutEndSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}
