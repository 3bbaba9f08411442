import { Paper, Skeleton, Switch, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { asFault } from '../../../api/problem';
import type { Model } from '../../../api/types';
import { fieldErrors } from '../../../components/ProblemWords';
import { clock } from '../../../time/format';
import { useZone } from '../../../time/useZone';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import classes from './Session.module.css';

const BindingChart = lazy(() => import('../BindingChart'));

type Policy = Model<'PacingPolicy'>;
type Preview = Model<'PolicyPreviewView'>;

/** Debounce before the forecast is computed again. */
const PAUSE_MS = 400;
const PATH = '/api/v1/sessions/{id}/policy/preview';

/** Forecast of a day at the edited pace, before it is saved. */
export function DayPreview({ id, policy }: { id: string; policy: Policy }) {
  const { t } = useTranslation('session');
  const [strangers, setStrangers] = useState(true);
  const [settled] = useDebouncedValue(policy, PAUSE_MS);
  const body = { policy: settled, new_chat_percent: strangers ? 100 : 0 };
  const preview = useQuery({
    queryKey: ['post', PATH, id, body],
    queryFn: async ({ signal }) => {
      const { data, error } = await api.POST(PATH, { params: { path: { id } }, body, signal });
      if (!data) throw error;
      return data;
    },
    placeholderData: (before) => before,
    retry: false,
  });
  // Field errors are shown at the fields when saving; here they only mean that there is no forecast.
  const mend = preview.error && asFault(preview.error).status === 422;
  return (
    <Paper withBorder component="section" className={`${classes.card} ${classes.day}`} aria-label={t('day.title')}>
      <div>
        <Title order={2}>{t('day.title')}</Title>
        <Text size="sm" c="dimmed">
          {t('day.hint')}
        </Text>
      </div>
      {mend && <Text c="var(--tone-warn)">{Object.values(fieldErrors(preview.error))[0] ?? t('day.mend')}</Text>}
      {preview.error && !mend && <ProblemAlert error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Skeleton h={300} />}
      {preview.data && !preview.error && <Day preview={preview.data} timeZone={settled.time_zone ?? 'UTC'} />}
      {settled.new_chats_per_day != null && (
        <Switch
          label={t('day.strangers')}
          checked={strangers}
          onChange={(event) => setStrangers(event.currentTarget.checked)}
        />
      )}
    </Paper>
  );
}

function Day({ preview, timeZone }: { preview: Preview; timeZone: string }) {
  const { t } = useTranslation('session');
  const { language } = useZone();
  const zone = { language, timeZone };
  const number = new Intl.NumberFormat(language);
  const [today] = preview.days;
  if (!today) return null;
  const times = preview.open.map(({ from, to }) => [clock(new Date(from), zone), clock(new Date(to), zone)] as const);
  const always = times.length === 1 && times[0]?.[0] === times[0]?.[1];
  const spans = times.map(([from, to]) => `${from}–${to}`).join(', ');
  const reason = t(`common:waiting.${today.binding}`);
  const grows = preview.days.some((each) => each.messages !== today.messages);
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return (
    <>
      <div>
        <Text fw={650}>{t('day.total', { count: today.messages, messages: number.format(today.messages) })}</Text>
        <Text size="sm">
          {t('day.binds', { reason: reason.charAt(0).toLocaleLowerCase(language) + reason.slice(1) })}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {always && t('day.always')}
          {!always && (spans ? t('day.open', { spans }) : t('day.never'))}
        </Text>
      </div>
      <Suspense fallback={<Skeleton h={230} />}>
        <BindingChart
          label={t('day.chart')}
          unit={t('day.hour')}
          spans={preview.hours.map((hour) => ({ ...hour, label: clock(new Date(hour.at), zone) }))}
        />
        {grows && (
          <div>
            <Title order={3} mb="xs">
              {t('day.week')}
            </Title>
            <BindingChart
              label={t('day.week')}
              unit={t('day.weekDay')}
              height={170}
              spans={preview.days.map((each) => ({ ...each, label: weekday.format(new Date(each.date)) }))}
            />
          </div>
        )}
      </Suspense>
    </>
  );
}
