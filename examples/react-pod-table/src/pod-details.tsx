import { ageOf } from './age.ts';
import { containersOf, type Pod, statusOf, toneOf, wordsOf } from './columns.ts';
import { useNow } from './sources.ts';

/** A pod in detail. */
export interface PodDetailsProps {
  readonly pod: Pod;
  /** True for a pod that is no more: it is shown as it was last. */
  readonly isGone: boolean;
  readonly onFind: (filter: string) => void;
  readonly onClose: () => void;
}

/** One pod as it is now, or, if it is gone, as it was last. */
export function PodDetails({ pod, isGone, onFind, onClose }: PodDetailsProps) {
  const { metadata, spec, status } = pod;
  const age = ageOf(metadata.creationTimestamp, useNow());
  const facts = {
    Status: isGone ? `Deleted; it was ${statusOf(pod)}` : statusOf(pod),
    Node: spec?.nodeName,
    Address: status?.podIP,
    Age: `${age}, since ${new Date(metadata.creationTimestamp ?? '').toLocaleString()}`,
    Owner: metadata.ownerReferences?.map(({ kind, name }) => `${kind} ${name}`).join(', '),
    Version: metadata.resourceVersion,
  };
  return (
    <aside aria-label={`Pod ${metadata.name}`} className={isGone ? 'gone' : toneOf(pod)}>
      <button type="button" className="close" aria-label="Close" onClick={onClose}>
        ×
      </button>
      <h2>{metadata.name}</h2>
      <p className="chips">
        <Chip text={metadata.namespace ?? ''} filter={`/${metadata.namespace}/ `} onFind={onFind} />
      </p>
      {wordsOf(pod).map((words) => (
        <p key={words} className="words">
          {words}
        </p>
      ))}
      <dl>
        {Object.entries(facts).map(([name, fact]) => (
          <div key={name} className={name.toLowerCase()}>
            <dt>{name}</dt>
            <dd>{fact || '–'}</dd>
          </div>
        ))}
      </dl>
      <h3>Containers</h3>
      <ul>
        {containersOf(pod).map(({ name, image, ready, restartCount, lastState }) => (
          <li key={name}>
            <b>{name}</b> {ready ? 'ready' : 'not ready'}, restarted {restartCount} times
            {lastState?.terminated &&
              `, ended last with ${lastState.terminated.exitCode} ${lastState.terminated.reason ?? ''}`}
            <code>{image}</code>
          </li>
        ))}
      </ul>
      <h3>Labels</h3>
      <p className="chips">
        {Object.entries(metadata.labels ?? {}).map(([name, value]) => (
          <Chip key={name} text={`${name}=${value}`} filter={`-l ${name}=${value}`} onFind={onFind} />
        ))}
      </p>
    </aside>
  );
}

interface ChipProps extends Pick<PodDetailsProps, 'onFind'> {
  readonly text: string;
  readonly filter: string;
}

/** What many pods have: a click finds them. */
function Chip({ text, filter, onFind }: ChipProps) {
  return (
    <button type="button" title={`Find the pods with ${text}`} onClick={() => onFind(filter)}>
      {text}
    </button>
  );
}
