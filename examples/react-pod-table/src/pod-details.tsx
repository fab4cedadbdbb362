import { useMemo, useState } from 'react';
import { phaseOf } from './pod-columns.ts';
import { pods } from './pods.ts';
import { useLatest } from './use-latest.ts';

/** One pod as it is now, or, if it is gone, as it was last. */
export function PodDetails({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const changes$ = useMemo(() => pods.observe(id), [id]);
  const pod = useLatest(changes$, () => pods.snapshot$.value.getByKey(id));
  const [last, setLast] = useState(pod);
  if (pod !== undefined && pod !== last) setLast(pod);
  const shown = pod ?? last;

  return (
    <aside aria-label={`Pod ${id}`}>
      <button type="button" className="close" aria-label="Close" onClick={onClose}>
        ×
      </button>
      <h2>{shown?.metadata.name ?? id}</h2>
      {pod === undefined && <p className="tag">gone</p>}
      {shown !== undefined && (
        <>
          <dl>
            <dt>Namespace</dt>
            <dd>{shown.metadata.namespace}</dd>
            <dt>Phase</dt>
            <dd>{phaseOf(shown)}</dd>
            <dt>Node</dt>
            <dd>{shown.spec?.nodeName ?? '–'}</dd>
            <dt>Address</dt>
            <dd>{shown.status?.podIP ?? '–'}</dd>
            <dt>Created</dt>
            <dd>{new Date(shown.metadata.creationTimestamp ?? '').toLocaleString()}</dd>
            <dt>Version</dt>
            <dd>{shown.metadata.resourceVersion}</dd>
          </dl>
          <h3>Containers</h3>
          <ul className="containers">
            {shown.status?.containerStatuses?.map(({ name, image, ready, restartCount }) => (
              <li key={name}>
                <b>{name}</b> {ready ? 'ready' : 'not ready'}, restarted {restartCount} times
                <code>{image}</code>
              </li>
            ))}
          </ul>
          <h3>Labels</h3>
          <ul className="labels">
            {Object.entries(shown.metadata.labels ?? {}).map(([name, value]) => (
              <li key={name}>
                {name}={value}
              </li>
            ))}
          </ul>
        </>
      )}
    </aside>
  );
}
