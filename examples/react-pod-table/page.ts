import { createServer, type LogLevel, type ViteDevServer } from 'vite';

/** Serves the page on a free port of the loopback, before this API server. */
export async function servePage(apiServer: string, logLevel: LogLevel = 'error'): Promise<ViteDevServer> {
  const page = await createServer({
    configFile: `${import.meta.dirname}/vite.config.ts`,
    logLevel,
    server: { port: 0, proxy: { '/api': { target: apiServer } } },
  });
  return page.listen();
}
