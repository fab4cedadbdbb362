import type {} from 'kuberx/client-node'; // the types of its resources
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { dropManagedFields } from 'kuberx';
import { fetchHttpClient, informerFactory } from 'kuberx/http';
import { KubeProvider } from 'kuberx/react';
import { App } from './app.tsx';
import { datedFetch } from './server-time.ts';

// The server of this page passes /api on.

const factory = informerFactory(fetchHttpClient({ server: window.location.origin, fetch: datedFetch }), {
  transform: dropManagedFields,
});

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <KubeProvider factory={factory}>
      <App />
    </KubeProvider>
  </StrictMode>,
);
