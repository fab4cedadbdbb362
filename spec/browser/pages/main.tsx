import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { KubeProvider } from 'kuberx/react';
import { factory } from './factory.ts';
import { Toggled } from './toggled.tsx';
import { TwoSources } from './two-sources.tsx';

const pages: Readonly<Record<string, ComponentType>> = { '#toggled': Toggled, '#two-sources': TwoSources };
const Page = pages[window.location.hash]!;

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <KubeProvider factory={factory}>
      <Page />
    </KubeProvider>
  </StrictMode>,
);
