import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type ProxyOptions, type UserConfig } from 'vite';
import { refuseForeign } from './refuse-foreign.ts';

/** Browsers reach an API server through the server of their page. By default that passes on to `kubectl proxy`. */
const api: ProxyOptions = {
  target: 'http://127.0.0.1:8001',
  // A text ends the request if there is a response to answer; `false` would hide the answer behind a 404. An upgrade
  // has no response.
  bypass: (request, response) => {
    if (response === undefined) return false;
    return refuseForeign(request, response) ? request.url : undefined;
  },
  // By itself, Vite leaves a response open whose other end is gone: a dead watch would look alive.
  configure: (proxy) => {
    proxy.on('proxyRes', (incoming, _request, response) => {
      incoming.once('close', () => {
        if (!incoming.complete) response.destroy();
      });
    });
  },
};

const config: UserConfig = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // This repository's own sources stand for the package.
  resolve: { conditions: ['kuberx-source', ...defaultClientConditions] },
  // Without `cors: false`, pages on every other port of this machine may read the proxied answers.
  server: { host: '127.0.0.1', cors: false, proxy: { '/api': api }, fs: { allow: ['../..'] } },
  preview: { host: '127.0.0.1', cors: false },
});

export default config;
