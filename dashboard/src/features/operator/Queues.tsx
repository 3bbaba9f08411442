import { Paper, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconStack2 } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Model } from '../../api/types';
import { age } from '../../time/format';
import { useZone } from '../../time/useZone';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { OperatorTiles } from './OperatorTiles';
import classes from './Queues.module.css';
import { singlePage } from './singlePage';

const TimeChart = lazy(() => import('../../ui/TimeChart'));

type Point = Model<'HistoryPoint'>;
type Queue = Model<'QueueView'>;
type Name = Model<'Queue'>;
type OverviewQuery = ReturnType<typeof useOperatorOverview>;

const useOperatorOverview = () => $api.useQuery('get', '/api/v1/operator/overview');

const HOURS = ['1', '6', '24', '168'] as const;
const COLORS: Record<Name, string> = {
  lanes: 'accent.6',
  inbound: 'blue.6',
  sessions: 'grape.6',
  maintenance: 'gray.6',
  imports: 'teal.6',
  media: 'lime.7',
};
const QUEUES = Object.keys(COLORS) as Name[];
/** Expensive for the server, and one point is a minute. */
const HISTORY_MS = 60_000;

/** Queues now, and their history. */
export function Queues() {
  const overview = useOperatorOverview();
  return (
    <Stack>
      <OperatorTiles overview={overview.data} />
      <History />
      <QueueTable query={overview} />
    </Stack>
  );
}

function History() {
  const { t } = useTranslation('operations');
  const { language } = useZone();
  const { filters, set } = useAddressFilters(['hours']);
  const hours = HOURS.find((each) => each === filters.hours) ?? '6';
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/api/v1/operator/history',
    { params: { query: { hours: Number(hours) } } },
    { refetchInterval: HISTORY_MS, meta: { ownPace: true }, placeholderData: (before) => before },
  );
  const number = (value: number) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  const points = data?.points ?? [];
  const series = QUEUES.map((name) => ({ name, label: t(`queue.${name}`), color: COLORS[name] }));
  return (
    <section aria-labelledby="history">
      <div className={classes.head}>
        <Title order={2} id="history">
          {t('history.title')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('history.span')}
          value={hours}
          onChange={(value) => set({ hours: value === '6' ? null : value })}
          data={HOURS.map((value) => ({ value, label: t(`history.hours.${value}`) }))}
        />
      </div>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <div className={classes.charts}>
        <Chart
          title={t('history.waiting')}
          points={points.map((point) => ({
            at: point.at,
            ...byQueue(point, (queue) => queue.pending + queue.released),
          }))}
          series={series}
          format={number}
          days={hours === '168'}
        />
        <Chart
          title={t('history.oldest')}
          points={points.map((point) => ({ at: point.at, ...byQueue(point, (queue) => queue.oldest_seconds) }))}
          series={series}
          format={(seconds) => age(seconds, language)}
          days={hours === '168'}
          lines
        />
        <Chart
          title={t('history.sent')}
          points={points.map((point) => ({ at: point.at, sent: point.sent_per_minute }))}
          series={[{ name: 'sent', label: t('history.sent'), color: 'accent.6' }]}
          format={number}
          days={hours === '168'}
        />
      </div>
    </section>
  );
}

const byQueue = (point: Point, value: (queue: Queue) => number) =>
  Object.fromEntries(point.queues.map((queue) => [queue.queue, value(queue)]));

type ChartProps = React.ComponentProps<typeof TimeChart> & { title: string };

/** A chart, and in words what it says. */
function Chart({ title, ...chart }: ChartProps) {
  const { t } = useTranslation('operations');
  const totals = chart.points.map((point) => {
    const values = chart.series.map(({ name }) => Number(point[name] ?? 0));
    return chart.lines ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0);
  });
  const last = totals.at(-1);
  return (
    <Paper withBorder className={classes.chart} component="figure">
      <figcaption>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {last === undefined
            ? t('history.none')
            : t('history.words', { last: chart.format(last), most: chart.format(Math.max(...totals)) })}
        </Text>
      </figcaption>
      <Suspense fallback={<Skeleton h={170} />}>
        <TimeChart {...chart} />
      </Suspense>
    </Paper>
  );
}

function QueueTable({ query }: { query: OverviewQuery }) {
  const { t } = useTranslation('operations');
  const { language } = useZone();
  const format = new Intl.NumberFormat(language);
  const count = (key: 'pending' | 'released' | 'running' | 'dead'): Column<Queue> => ({
    key,
    header: t(`queues.${key}`),
    align: 'right',
    render: (queue) => format.format(queue[key]),
  });
  return (
    <DataList<Queue>
      label={t('tab.queues')}
      list={singlePage({ ...query, data: query.data && { items: query.data.queues } })}
      rowKey={(queue) => queue.queue}
      columns={[
        {
          key: 'queue',
          header: t('queues.queue'),
          width: '1.6fr',
          render: (queue) => <b>{t(`queue.${queue.queue}`, { defaultValue: queue.queue })}</b>,
        },
        count('pending'),
        count('released'),
        count('running'),
        count('dead'),
        {
          key: 'oldest',
          header: t('queues.oldest'),
          align: 'right',
          render: (queue) => age(queue.oldest_seconds, language),
        },
      ]}
      empty={
        <EmptyState icon={<IconStack2 size={26} />} title={t('queues.empty')}>
          {t('queues.none')}
        </EmptyState>
      }
    />
  );
}
