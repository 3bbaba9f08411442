import { Group, Paper, SegmentedControl, Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { Figures } from '../../../ui/Figures';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { FIGURES } from './figures';
import classes from './Session.module.css';

const StatisticsChart = lazy(() => import('./StatisticsChart'));

const SPANS = [7, 30, 90];
const SUMS = [...FIGURES, 'new_chats'] as const;

/** What a session sent and received, day by day. */
export function Statistics({ id }: { id: string }) {
  const { t } = useTranslation('session');
  const [days, setDays] = useState(30);
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/api/v1/sessions/{id}/statistics',
    { params: { path: { id }, query: { days } } },
    { placeholderData: (before) => before },
  );
  const sum = (name: (typeof SUMS)[number]) => (data?.days ?? []).reduce((total, day) => total + day[name], 0);
  const any = SUMS.some((name) => sum(name) > 0);
  return (
    <Paper withBorder component="section" className={`${classes.card} ${classes.wide}`} aria-label={t('stats.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('stats.title')}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('stats.days')}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          data={SPANS.map((span) => ({ value: String(span), label: t('stats.last', { count: span }) }))}
        />
      </Group>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={260} />}
      {data && (
        <>
          <Figures figures={SUMS.map((name) => [t(`stats.${name}`), sum(name)])} />
          {any ? (
            <Suspense fallback={<Skeleton h={230} />}>
              <StatisticsChart days={data.days} />
            </Suspense>
          ) : (
            <Text c="dimmed">{t('stats.none')}</Text>
          )}
          <Text size="xs" c="dimmed">
            {t('stats.zone', { zone: data.time_zone })}
          </Text>
        </>
      )}
    </Paper>
  );
}
