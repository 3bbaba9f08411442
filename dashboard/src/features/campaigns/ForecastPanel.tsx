import { Alert, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { brief, zoneName } from '../../time/format';
import { useZone } from '../../time/useZone';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { WaitingReason } from '../sessions/WaitingReason';
import { type Campaign, type Forecast, one } from './campaign';

const BindingChart = lazy(() => import('../sessions/BindingChart'));

/** Forecast of the campaign, day by day, and what limits it. */
export function ForecastPanel({ campaign }: { campaign: Campaign }) {
  const { data, error, refetch } = useForecast(campaign);
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return <Foretold forecast={data} />;
}

/** A forecast in words and as a chart; a placeholder while there is none yet. */
export function Foretold({ forecast: data }: { forecast: Forecast | undefined }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dayOf = (date: string) => short.format(new Date(date));
  if (!data) return <Skeleton h={280} radius="lg" />;
  if (data.messages === 0) return <Text c="dimmed">{t('forecast.nobody')}</Text>;
  return (
    <Stack gap="sm">
      <Words forecast={data} />
      {data.days.length > 0 && (
        <Suspense fallback={<Skeleton h={230} />}>
          <BindingChart
            label={t('forecast.title')}
            unit={t('forecast.day')}
            spans={data.days.map((each) => ({ ...each, label: dayOf(each.date) }))}
          />
        </Suspense>
      )}
    </Stack>
  );
}

/** Of the campaign as it was saved last. */
export function useForecast(campaign: Campaign) {
  return $api.useQuery('get', '/api/v1/campaigns/{id}/forecast', one(campaign.id), { staleTime: 0 });
}

function Words({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  const moment = (at: string) => `${brief(new Date(at), zone)} ${zoneName(new Date(at), zone)}`;
  if (!forecast.finish)
    return (
      <Alert color="red" variant="light" title={t('forecast.never')}>
        {forecast.stuck && <WaitingReason waiting={{ for: forecast.stuck }} />}
      </Alert>
    );
  return (
    <>
      <Text>
        {t('forecast.done', { count: forecast.messages })} <strong>{moment(forecast.finish)}</strong>{' '}
        {forecast.earliest && forecast.latest && moment(forecast.earliest) !== moment(forecast.latest) && (
          <Text span size="sm" c="dimmed">
            {t('forecast.between', { from: moment(forecast.earliest), to: moment(forecast.latest) })}
          </Text>
        )}
      </Text>
      {forecast.finish_by && (
        <Alert
          color={forecast.finishes_before_deadline ? 'green' : 'orange'}
          variant="light"
          title={forecast.finishes_before_deadline ? t('forecast.inTime') : t('forecast.late')}
        >
          {forecast.finishes_before_deadline
            ? t('forecast.inTimeDetail', { by: moment(forecast.finish_by) })
            : t('forecast.lateDetail', { by: moment(forecast.finish_by) })}
        </Alert>
      )}
    </>
  );
}
