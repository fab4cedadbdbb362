import type {} from 'kuberx/client-node'; // the types of its resources
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { dropManagedFields } from 'kuberx';
import { informerFactory, type PageConnection, pageConnection } from 'kuberx/http';
import { KubeProvider } from 'kuberx/react';
import { App } from './app.tsx';
import { datedFetch } from './server-time.ts';

// The server of this page passes /api on. Answers to `fetch` have its time, which those to WebSockets do not tell.
const cluster: { readonly http: PageConnection } = {
  http: pageConnection({ server: window.location.origin, fetch: datedFetch, streams: 'fetch' }),
};
const factory = informerFactory(cluster.http, { transform: dropManagedFields });

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <KubeProvider factory={factory} connection={cluster.http}>
      <App />
    </KubeProvider>
  </StrictMode>,
);
