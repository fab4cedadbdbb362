/** The clients for which a kube-apiserver prints with line feeds and indents. Source: apiserver endpoints/handlers/responsewriters. */
const printedFor = ['curl', 'Wget', 'Mozilla/5.0'];

/**
 * A path that asks for an answer without white space, where a kube-apiserver would print it for people because of the user agent:
 * it is a third longer then, and a list cannot be cut into its items while it comes. Watches are never printed.
 */
export function unprinted(path: string, userAgent: string | undefined): string {
  if (userAgent === undefined || !printedFor.some((name) => userAgent.startsWith(name))) return path;
  if (!/^\/(?:api|apis)\//.test(path) || /[?&](?:pretty=|watch=(?:1|true)(?:&|$))/.test(path)) return path;
  return `${path}${path.includes('?') ? '&' : '?'}pretty=false`;
}
