import { useState } from 'react';
import { PodBrowser } from './pod-browser.tsx';
import { StatusLine } from './status-line.tsx';

/** The page. It watches only the pods that it shows. */
export function App() {
  const [isShown, setIsShown] = useState(true);
  return (
    <>
      <header>
        <h1>Pods</h1>
        <StatusLine />
        <button type="button" onClick={() => setIsShown(!isShown)}>
          {isShown ? 'Stop watching' : 'Watch'}
        </button>
      </header>
      {isShown ? <PodBrowser /> : <p className="notice">No table, no watch.</p>}
    </>
  );
}
