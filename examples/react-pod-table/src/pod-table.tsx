import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect, useState } from 'react';
import { metaNamespaceKey, type OrderBy, type Rows } from 'kuberx';
import { ageOf } from './age.ts';
import { columns, type Pod, toneOf } from './columns.ts';
import { rowAfter } from './row-after.ts';
import { useNow } from './sources.ts';

const rowHeight = 36;

/** What a table of pods shows, and whom it tells. */
export interface PodTableProps {
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly rows: Rows<Pod>;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
  /** The key of the row that the arrow keys start from. */
  readonly chosen: string | undefined;
  /** The chosen pod as it was last, if it is gone. It keeps its row until another one is chosen. */
  readonly gone: Pod | undefined;
  readonly onChoose: (key: string, opens: boolean) => void;
  /** Why there is no row. */
  readonly empty: string;
}

/** The column by which the table is ordered. */
export type Order = OrderBy<Pod> & { readonly title: string };

/** A table of any number of pods. Only the rows in sight are elements of the page. */
export function PodTable({ grid, rows, order, onOrder, chosen = '', gone, onChoose, empty }: PodTableProps) {
  const now = useNow();
  useEffect(() => grid.current?.focus(), [grid]);
  const [place, setPlace] = useState({ chosen, at: -1 });
  const at = rows.indexOf(chosen);
  if (place.chosen !== chosen || (at >= 0 && place.at !== at)) setPlace({ chosen, at });
  const ghost = gone === undefined || place.at < 0 ? -1 : Math.min(place.at, rows.length);
  const count = rows.length + (ghost < 0 ? 0 : 1);
  const podAt = (index: number) =>
    index === ghost ? gone! : rows.at(ghost >= 0 && index > ghost ? index - 1 : index)!;
  const rowsInSight = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight, // its head,
    scrollPaddingStart: rowHeight, // which stays in sight
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== grid.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.floor(grid.current.clientHeight / rowHeight) - 2;
    const to =
      event.key === 'Enter' && chosen !== ''
        ? Math.max(at, ghost)
        : rowAfter(event.key, Math.max(at, ghost), count, page);
    if (to === undefined || to < 0) return;
    event.preventDefault();
    rowsInSight.scrollToIndex(to);
    onChoose(metaNamespaceKey(podAt(to)), event.key === 'Enter');
  };
  return (
    <div className="frame">
      <div
        className="grid"
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Pods"
        aria-rowcount={count + 1}
        aria-activedescendant={at >= 0 || ghost >= 0 ? `pod ${chosen}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="row head" role="row" aria-rowindex={1}>
          {columns.map((column) => {
            const { desc = false } = order.title === column.title ? order : {};
            const sort = order.title !== column.title ? 'none' : desc ? 'descending' : 'ascending';
            const next = sort === 'none' ? column : { ...column, desc: !desc };
            return (
              <span key={column.title} role="columnheader" aria-sort={sort} className={column.title.toLowerCase()}>
                <button type="button" onClick={() => onOrder(next)}>
                  {column.title}
                </button>
              </span>
            );
          })}
        </div>
        <div role="rowgroup" style={{ height: rowsInSight.getTotalSize() }}>
          {rowsInSight.getVirtualItems().map(({ index, start }) => {
            const pod = podAt(index);
            const key = metaNamespaceKey(pod);
            return (
              <PodRow
                key={key}
                id={key}
                pod={pod}
                index={index}
                top={start - rowHeight}
                age={ageOf(pod.metadata.creationTimestamp, now)}
                isChosen={key === chosen}
                isGone={index === ghost}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      </div>
      {count === 0 && <p className="notice">{empty}</p>}
    </div>
  );
}

interface PodRowProps {
  readonly id: string;
  readonly pod: Pod;
  readonly index: number;
  readonly top: number;
  readonly age: string;
  readonly isChosen: boolean;
  readonly isGone: boolean;
  readonly onChoose: PodTableProps['onChoose'];
}

/** Rendered again only where its own pod has changed: the others are the same objects as before. */
const PodRow = memo(function PodRow({ id, pod, index, top, age, isChosen, isGone, onChoose }: PodRowProps) {
  return (
    <div
      className={`row ${isGone ? 'gone' : toneOf(pod)}`}
      role="row"
      id={`pod ${id}`}
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onChoose(id, true)}
    >
      {columns.map(({ title, key }) => (
        <span key={title} role="gridcell" className={title.toLowerCase()}>
          {title === 'Age' ? age : title === 'Status' && isGone ? 'Deleted' : (key(pod) ?? '–')}
        </span>
      ))}
    </div>
  );
});
