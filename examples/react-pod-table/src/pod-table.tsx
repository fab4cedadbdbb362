import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { metaNamespaceKey } from 'kuberx';
import { ageOf, phaseOf, readinessOf, restartsOf } from './pod-columns.ts';
import type { Pod } from './pods.ts';
import { useNow } from './use-latest.ts';

const rowHeight = 36;
const columns = ['Namespace', 'Name', 'Phase', 'Ready', 'Restarts', 'Node', 'Age'];

/** The content of a table of pods. */
export interface PodTableProps {
  readonly rows: readonly Pod[];
  /** The key of the pod that is selected. */
  readonly selected: string | undefined;
  readonly onSelect: (key: string) => void;
}

/** A table of any number of pods. Only the visible rows are elements of the page. */
export function PodTable({ rows, selected, onSelect }: PodTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  return (
    <div className="scroller" ref={scroller}>
      <div className="table" role="table" aria-label="Pods" aria-rowcount={rows.length + 1}>
        <div className="row head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const pod = rows[index]!;
            const key = metaNamespaceKey(pod);
            return (
              <PodRow
                key={key}
                pod={pod}
                index={index}
                top={start}
                age={ageOf(pod, now)}
                isSelected={key === selected}
                onSelect={onSelect}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface PodRowProps {
  readonly pod: Pod;
  readonly index: number;
  readonly top: number;
  readonly age: string;
  readonly isSelected: boolean;
  readonly onSelect: (key: string) => void;
}

/** Rendered again only where its own pod has changed: the others are the same objects as before. */
const PodRow = memo(function PodRow({ pod, index, top, age, isSelected, onSelect }: PodRowProps) {
  const { namespace, name } = pod.metadata;
  const phase = phaseOf(pod);
  const select = () => onSelect(metaNamespaceKey(pod));
  return (
    <div
      className="row"
      role="row"
      aria-rowindex={index + 2}
      aria-current={isSelected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={select}
    >
      <span role="cell">{namespace}</span>
      <span role="cell" className="name">
        <button type="button">{name}</button>
      </span>
      <span role="cell" className={`phase ${phase.toLowerCase()}`}>
        <span className="dot" />
        {phase}
      </span>
      <span role="cell">{readinessOf(pod)}</span>
      <span role="cell">{restartsOf(pod)}</span>
      <span role="cell">{pod.spec?.nodeName ?? '–'}</span>
      <span role="cell">{age}</span>
    </div>
  );
});
