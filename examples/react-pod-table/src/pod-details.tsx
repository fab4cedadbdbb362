import { containersOf, type Pod, statusOf, toneOf, wordsOf } from './columns.ts';

interface PodDetailsProps {
  readonly pod: Pod;
  readonly isGone: boolean;
  readonly onFind: (filter: string) => void;
  readonly onClose: () => void;
}

/** One pod as it is now, or, if it is gone, as it was last. */
export function PodDetails({ pod, isGone, onFind, onClose }: PodDetailsProps) {
  const { metadata, spec, status } = pod;
  const { name, namespace, labels = {}, ownerReferences = [] } = metadata;
  const created = new Date(metadata.creationTimestamp ?? '').toLocaleString();
  const facts = Object.entries({
    Status: isGone ? `Deleted, was ${statusOf(pod)}` : statusOf(pod),
    Node: spec?.nodeName,
    Address: status?.podIP,
    Created: created,
    Owner: ownerReferences.map((owner) => `${owner.kind} ${owner.name}`).join(', '),
    Version: metadata.resourceVersion,
  });
  // What others have as well, and the filter that finds them.
  const chips = [[namespace, `/${namespace}/`]];
  for (const [label, value] of Object.entries(labels)) chips.push([`${label}=${value}`, `-l ${label}=${value}`]);
  return (
    <aside aria-label={`Pod ${name}`} className={isGone ? 'gone' : toneOf(pod)}>
      <button type="button" className="close" aria-label="Close" onClick={onClose}>
        ×
      </button>
      <h2>{name}</h2>
      {wordsOf(pod).map((words) => (
        <blockquote key={words}>{words}</blockquote>
      ))}
      <dl>
        {facts.map(([fact, text]) => [
          <dt key={fact}>{fact}</dt>,
          <dd key={`${fact} of it`} className={`${fact} ${fact === 'Status' ? 'dotted' : ''}`}>
            {text || '–'}
          </dd>,
        ])}
      </dl>
      {containersOf(pod).map(({ name: container, image, ready, restartCount, lastState }) => (
        <p key={container}>
          <b>{container}</b> {ready ? 'ready' : 'not ready'}, restarted {restartCount} times
          {lastState?.terminated && `, last after exit code ${lastState.terminated.exitCode}`}
          <code>{image}</code>
        </p>
      ))}
      {chips.map(([text, filter]) => (
        <button key={filter} type="button" className="chip" title="Find the others" onClick={() => onFind(filter!)}>
          {text}
        </button>
      ))}
    </aside>
  );
}
