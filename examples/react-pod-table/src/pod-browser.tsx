import { type KeyboardEvent, useRef, useState } from 'react';
import { useConnection, useKube, useObject } from 'kuberx/react';
import { Announcement } from './announcement.tsx';
import { columns, type Pod, toneOf, worstFirst } from './columns.ts';
import { filterOf } from './filter.ts';
import { PodDetails } from './pod-details.tsx';
import { PodTable } from './pod-table.tsx';
import { useNow } from './server-time.ts';
import { statusText } from './status-text.ts';

const isBad = (pod: Pod): boolean => toneOf(pod) === 'bad';
const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;

/** All pods, or those that a text finds, and one of them in detail. */
export function PodBrowser() {
  const [{ text, where, fault }, setFilter] = useState({ text: '', where: filterOf(''), fault: '' });
  const [order, setOrder] = useState(columns[0]!);
  const [isWorstFirst, setIsWorstFirst] = useState(true);
  const [chosen, setChosen] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);

  const { rows, ready, status } = useKube('v1/pods', { where, orderBy: isWorstFirst ? [worstFirst, order] : [order] });
  const { length: bad } = useKube('v1/pods', { where: isBad }).rows;
  const { object: pod, presence } = useObject('v1/pods', chosen);
  const isGone = presence === 'deleted';
  const now = useNow();

  const find = (typed: string): void => {
    try {
      setFilter({ text: typed, where: filterOf(typed), fault: '' });
    } catch (error) {
      setFilter({ text: typed, where, fault: (error as Error).message });
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isTyping = event.target === search.current;
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'Escape' && isTyping && text !== '') {
      find('');
    } else if (event.key === 'Escape') {
      if (!isOpen && !isTyping) setChosen(undefined);
      setIsOpen(false);
      table.current?.focus();
    }
  };

  const [tone, words] = statusText(useConnection(), status, now);
  const count = rows.length === rows.total ? '' : `${rows.length.toLocaleString('en')} of `;
  const found = `${count}${counted(rows.total, 'pod')}`;
  const nothing = rows.total === 0 ? 'There are no pods.' : `No pod matches “${text}”.`;
  return (
    <main tabIndex={-1} className={status.stale ? 'stale' : ''} onKeyDown={onKeyDown}>
      <header>
        <h1>Pods</h1>
        <p className={`connection dotted ${tone}`}>{words}</p>
      </header>
      <search>
        <input
          ref={search}
          type="search"
          aria-label="Filter"
          aria-invalid={fault !== ''}
          aria-describedby="note"
          placeholder="name !not /namespace/ -l app=web"
          value={text}
          onChange={(event) => find(event.target.value)}
        />
        <label>
          <input type="checkbox" checked={isWorstFirst} onChange={() => setIsWorstFirst(!isWorstFirst)} />
          {counted(bad, 'problem')} on top
        </label>
        <span id="note" className={fault && 'bad'}>
          {fault || found}
        </span>
      </search>
      <Announcement text={`${words.replace(/, asks.*/, '')}. ${found}, ${counted(bad, 'problem')}.`} />
      <div className="content">
        <PodTable
          grid={table}
          rows={rows}
          empty={ready ? nothing : `${words}…`}
          order={order}
          onOrder={setOrder}
          chosen={chosen}
          gone={isGone && where(pod) ? pod : undefined}
          onChoose={(key, opens) => {
            setChosen(key);
            setIsOpen(opens || isOpen);
          }}
        />
        {isOpen && pod && <PodDetails pod={pod} isGone={isGone} onFind={find} onClose={() => setIsOpen(false)} />}
      </div>
    </main>
  );
}
