import { pods } from './pods.ts';
import { statusText } from './status-text.ts';
import { useNow, useValue } from './use-latest.ts';

/** Says whether the shown state can be trusted, and if not, what happens next. */
export function StatusLine() {
  const status = useValue(pods.status$);
  const { tone, text, retryIn, reason } = statusText(status, useNow());
  return (
    <p className={`status ${tone}`}>
      <span className="dot" />
      <span role="status">{text}</span>
      {retryIn !== undefined && <span>&nbsp;in {retryIn} s</span>}
      {status.stale && <span className="tag">stale</span>}
      {reason !== undefined && <span className="reason">{reason}</span>}
    </p>
  );
}
