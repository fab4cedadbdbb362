import { Activity, useState } from 'react';
import { PodBrowser } from './pod-browser.tsx';
import { pods } from './pods.ts';
import { useNow, useSource } from './sources.ts';
import { statusText } from './status-text.ts';

/** The page. It watches only the pods that it shows, and keeps what was typed and chosen while it shows none. */
export function App() {
  const [isWatching, setIsWatching] = useState(true);
  const { tone, text, retryIn, reason } = statusText(useSource(pods.status$), useNow());
  return (
    <>
      <header>
        <h1>Pods</h1>
        <p className={`connection ${tone}`} title={reason}>
          <span className="dot" />
          {text}
          {retryIn !== undefined && ` in ${retryIn} s`}
          {reason !== undefined && <span className="reason">{reason}</span>}
        </p>
        <button type="button" onClick={() => setIsWatching(!isWatching)}>
          {isWatching ? 'Stop watching' : 'Watch'}
        </button>
      </header>
      <Activity mode={isWatching ? 'visible' : 'hidden'}>
        <PodBrowser />
      </Activity>
      {!isWatching && <p className="notice">No table, no watch.</p>}
    </>
  );
}
