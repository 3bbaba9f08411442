import { Button, Center, Loader, Paper, Skeleton, Stack, Text } from '@mantine/core';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  lazy,
  type ReactNode,
  Suspense,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import classes from './DataList.module.css';
import { ProblemAlert } from './ProblemAlert';
import type { Selection } from './RowSelection';
import type { Paged } from './usePaged';

// Most lists have no selection.
const SelectAll = lazy(() => import('./RowSelection').then(({ SelectAll }) => ({ default: SelectAll })));
const SelectRow = lazy(() => import('./RowSelection').then(({ SelectRow }) => ({ default: SelectRow })));

export interface Column<Row> {
  /** `act` is what can be done with the row: on a phone it stands at the title, or below everything. */
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** A width of CSS grid: `120px`, `2fr`. */
  width?: string;
  align?: 'right';
  /** On a phone the first column is the row's title; the others stand below it unless they are left out. */
  hideOnPhone?: boolean;
}

export interface DataListProps<Row> {
  /** Accessible name of the list. */
  label: string;
  list: Paged<Row>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first column becomes the link. */
  href?: (row: Row) => string;
  filters?: ReactNode;
  /** Shown when there is nothing: an `EmptyState` with the next step. */
  empty: ReactNode;
  selection?: Selection;
  /** Shown above the rows while some are selected. */
  bulk?: ReactNode;
  /** Draws the rows otherwise than as a table, such as cards. */
  layout?: (rows: Row[]) => ReactNode;
}

const ROW_PX = 48;

/** Any list: filters, loading, error, empty, rows; loads more while scrolling and renders only visible rows. */
export function DataList<Row>(props: DataListProps<Row>) {
  const { list, filters, empty, bulk, selection } = props;
  const failed = list.error !== null && list.error !== undefined;
  return (
    <Stack gap="sm">
      {filters}
      {failed && <ProblemAlert error={list.error} onRetry={list.retry} />}
      {list.isLoading && <Loading label={props.label} />}
      {!list.isLoading && !failed && list.rows.length === 0 && empty}
      {selection && selection.keys.size > 0 && bulk}
      {list.rows.length > 0 && (props.layout ? <Laid list={list} layout={props.layout} /> : <Rows {...props} />)}
    </Stack>
  );
}

function Laid<Row>({ list, layout }: { list: Paged<Row>; layout: (rows: Row[]) => ReactNode }) {
  return (
    <>
      {layout(list.rows)}
      {list.hasMore && <Foot list={list} />}
    </>
  );
}

function Loading({ label }: { label: string }) {
  return (
    <Stack gap={6} aria-busy="true" aria-label={label} role="status">
      {[0, 1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} h={ROW_PX - 8} />
      ))}
    </Stack>
  );
}

function Rows<Row>({ label, list, columns, rowKey, href, selection }: DataListProps<Row>) {
  const body = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
  }, []);
  const virtual = useWindowVirtualizer({
    count: list.rows.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => rowKey(list.rows[index] as Row),
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, isLoadingMore, error, loadMore } = list;
  useEffect(() => {
    if (hasMore && !isLoadingMore && !error && last >= list.rows.length - 15) loadMore();
  }, [hasMore, isLoadingMore, error, loadMore, last, list.rows.length]);

  const grid = [selection && '36px', ...columns.map((column) => column.width ?? '1fr')].filter(Boolean).join(' ');
  const keys = list.rows.map(rowKey);
  return (
    <Paper withBorder className={classes.table} style={{ '--grid': grid } as CSSProperties}>
      <div role="table" aria-label={label} aria-rowcount={hasMore ? -1 : list.rows.length + 1}>
        <div role="row" aria-rowindex={1} className={classes.head}>
          {selection && (
            <span role="columnheader">
              <Suspense>
                <SelectAll keys={keys} selection={selection} />
              </Suspense>
            </span>
          )}
          {columns.map((column) => (
            <span key={column.key} role="columnheader" data-align={column.align}>
              {column.header}
            </span>
          ))}
        </div>
        <div role="rowgroup" ref={body} className={classes.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = list.rows[item.index] as Row;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                data-index={item.index}
                ref={virtual.measureElement}
                className={classes.row}
                data-link={href !== undefined}
                style={{ transform: `translateY(${item.start - top}px)` }}
              >
                {selection && (
                  <span role="cell" className={classes.select}>
                    <Suspense>
                      <SelectRow name={rowKey(row)} selection={selection} />
                    </Suspense>
                  </span>
                )}
                {columns.map((column, index) => (
                  <span
                    key={column.key}
                    role="cell"
                    data-column={column.key}
                    data-align={column.align}
                    data-label={index > 0 ? column.header : undefined}
                    data-hide-on-phone={column.hideOnPhone}
                  >
                    {index === 0 && href ? (
                      <Link to={href(row)} className={classes.link}>
                        {column.render(row)}
                      </Link>
                    ) : (
                      column.render(row)
                    )}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      <Foot list={list} />
    </Paper>
  );
}

function Foot<Row>({ list }: { list: Paged<Row> }) {
  const { t } = useTranslation('common');
  return (
    <Center className={classes.foot} aria-live="polite">
      {list.isLoadingMore && <Loader size="xs" aria-label={t('list.loading')} />}
      {!list.isLoadingMore && list.hasMore && (
        <Button size="compact-sm" variant="subtle" onClick={list.loadMore}>
          {t('list.more')}
        </Button>
      )}
      {!list.hasMore && (
        <Text size="xs" c="dimmed" className="tabular">
          {t('list.count', { count: list.rows.length })}
        </Text>
      )}
    </Center>
  );
}
