import { Activity, useState } from 'react';
import { PodBrowser } from './pod-browser.tsx';

/** The page. It watches only what it shows, and keeps what was typed and chosen while it shows nothing. */
export function App() {
  const [isWatching, setIsWatching] = useState(true);
  return (
    <>
      <button type="button" className="watch" onClick={() => setIsWatching(!isWatching)}>
        {isWatching ? 'Stop watching' : 'Watch'}
      </button>
      <Activity mode={isWatching ? 'visible' : 'hidden'}>
        <PodBrowser />
      </Activity>
      {!isWatching && <p className="notice">No table, no watch.</p>}
    </>
  );
}
