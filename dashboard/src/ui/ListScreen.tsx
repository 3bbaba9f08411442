import type { ReactNode } from 'react';
import type { LiveState } from '../live/useLive';
import { DataList, type DataListProps } from './DataList';
import { LiveMark } from './LiveMark';
import { PageHeader } from './PageHeader';

type Props<Row> = Omit<DataListProps<Row>, 'label'> & {
  title: string;
  subtitle?: string;
  live: LiveState;
  /** Buttons of the header, such as how to create a row. */
  actions: ReactNode;
};

/** A screen that is one list. */
export function ListScreen<Row>({ title, subtitle, live, actions, ...list }: Props<Row>) {
  return (
    <>
      <PageHeader title={title} subtitle={subtitle} badges={<LiveMark state={live} />} actions={actions} />
      <DataList label={title} {...list} />
    </>
  );
}
