import { Paper, SegmentedControl, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Model } from '../../api/types';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useAddressFilters } from '../../components/useAddressFilters';
import { duration } from '../../time/format';
import { useZone } from '../../time/useZone';
import { OperatorTiles } from './OperatorTiles';
import classes from './Queues.module.css';

const TimeChart = lazy(() => import('../../components/TimeChart'));

type Point = Model<'HistoryPoint'>;

const HOURS = ['1', '6', '24', '168'] as const;
const QUEUES = ['lanes', 'inbound', 'sessions', 'maintenance'] as const;
const COLORS = { lanes: 'accent.6', inbound: 'blue.6', sessions: 'grape.6', maintenance: 'gray.6' };
/** It costs the server a look through hours of figures, and a point is a minute. */
const HISTORY_MS = 60_000;

/** What waits and runs now, and how that was. */
export function Queues() {
  const overview = $api.useQuery('get', '/api/v1/operator/overview');
  return (
    <Stack>
      {overview.error && <ProblemAlert error={overview.error} onRetry={() => void overview.refetch()} />}
      <OperatorTiles overview={overview.data} />
      <History />
      <QueueTable queues={overview.data?.queues} />
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
  const age = (seconds: number) => duration(seconds, language);
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
          format={age}
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

const byQueue = (point: Point, value: (queue: Model<'QueueView'>) => number) =>
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

function QueueTable({ queues }: { queues: Model<'QueueView'>[] | undefined }) {
  const { t } = useTranslation('operations');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  if (!queues) return <Skeleton h={180} />;
  return (
    <Paper withBorder className={classes.table}>
      <Table aria-label={t('tab.queues')} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('queues.queue')}</Table.Th>
            <Table.Th ta="right">{t('queues.pending')}</Table.Th>
            <Table.Th ta="right">{t('queues.released')}</Table.Th>
            <Table.Th ta="right">{t('queues.running')}</Table.Th>
            <Table.Th ta="right">{t('queues.dead')}</Table.Th>
            <Table.Th ta="right">{t('queues.oldest')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody className="tabular">
          {queues.map((queue) => (
            <Table.Tr key={queue.queue}>
              <Table.Td>{t(`queue.${queue.queue}`, { defaultValue: queue.queue })}</Table.Td>
              <Table.Td ta="right">{number.format(queue.pending)}</Table.Td>
              <Table.Td ta="right">{number.format(queue.released)}</Table.Td>
              <Table.Td ta="right">{number.format(queue.running)}</Table.Td>
              <Table.Td ta="right">{number.format(queue.dead)}</Table.Td>
              <Table.Td ta="right">{duration(queue.oldest_seconds, language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {queues.length === 0 && (
        <Text c="dimmed" p="md" size="sm">
          {t('queues.none')}
        </Text>
      )}
    </Paper>
  );
}
