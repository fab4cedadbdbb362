import { firstValueFrom } from 'rxjs';
import type { HttpClient } from 'kuberx/http';
import { ApiServer, type ApiServerOptions } from 'kuberx/testing/apiserver';
import { askApis } from '#src/transport/discovery/ask-apis.ts';
import type { DiscoveredApis } from '#src/transport/discovery/discovered-apis.ts';

/** A server in memory with some custom resources. */
export function widgetServer(options: ApiServerOptions = {}): ApiServer {
  return new ApiServer({
    listen: false,
    resources: {
      'example.com/v1/widgets': { shortNames: ['wd'], categories: ['all', 'demo'] },
      'example.com/v1beta1/widgets': { shortNames: ['wd'] },
      'example.com/v1beta1/olds': { namespaced: false, status: false },
      'other.example.com/v1/widgets': { kind: 'Thing' },
      'other.example.com/v1/pods': { kind: 'Pod' },
    },
    ...options,
  });
}

/** A server as it was before aggregated discovery. */
export function older(http: HttpClient): HttpClient {
  return (request) => http({ ...request, headers: { ...request.headers, accept: 'application/json' } });
}

/** What a server says that it serves. */
export function servedBy(http: HttpClient, previous?: DiscoveredApis): Promise<DiscoveredApis> {
  return firstValueFrom(askApis(http, previous, () => 0));
}

/** All that a {@link widgetServer} serves. */
export function widgetApis(): Promise<DiscoveredApis> {
  return servedBy(widgetServer().http);
}
