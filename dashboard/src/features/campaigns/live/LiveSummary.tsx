import { Alert, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { brief, duration, zoneName } from '../../../time/format';
import { useNow, useZone } from '../../../time/useZone';
import { Progress } from '../../../ui/Progress';
import { ExactTime, Time } from '../../../ui/Time';
import { WaitingReason } from '../../sessions/WaitingReason';
import { type Campaign, type CampaignProgress, type Forecast, one, reached } from '../campaign';
import classes from './live.module.css';

const FORECAST_MS = 15_000;

/** Progress, rate, estimated end, and what limits the campaign. */
export function LiveSummary({ campaign, progress }: { campaign: Campaign; progress: CampaignProgress | undefined }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const open = campaign.state === 'running' || campaign.state === 'scheduled';
  const { data: forecast } = $api.useQuery('get', '/api/v1/campaigns/{id}/forecast', one(campaign.id), {
    enabled: open,
    refetchInterval: open && FORECAST_MS,
    meta: { ownPace: true },
  });
  const rate = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(progress?.rate_per_minute ?? 0);
  const done = progress ? reached(progress).done : 0;
  const binding = forecast?.stuck ?? forecast?.days[0]?.binding;
  return (
    <Paper withBorder className={classes.panel}>
      <Progress
        done={done}
        total={campaign.total}
        label={t('progressOf', { name: campaign.name })}
        animated={campaign.state === 'running'}
      />
      <dl className={classes.facts}>
        {campaign.state === 'running' && <Fact label={t('live.rate')}>{t('perMinute', { rate })}</Fact>}
        {open && forecast && (
          <Fact label={t('live.end')}>
            <EndOf forecast={forecast} />
          </Fact>
        )}
        {campaign.state === 'running' && binding && (
          <Fact label={t('live.binding')}>
            <WaitingReason waiting={{ for: binding }} />
          </Fact>
        )}
        {campaign.end_reason === 'deadline' && <Fact label={t('live.binding')}>{t('live.deadline')}</Fact>}
        {campaign.state === 'paused' && <Fact label={t('live.binding')}>{t('live.paused')}</Fact>}
        {campaign.state === 'scheduled' && (
          <Fact label={t('live.starts')}>
            <ExactTime at={campaign.send_at} />
          </Fact>
        )}
        {campaign.started_at && (
          <Fact label={t('live.started')}>
            <Time at={campaign.started_at} />
          </Fact>
        )}
        {campaign.finished_at && (
          <Fact label={t('live.finished')}>
            <ExactTime at={campaign.finished_at} />
          </Fact>
        )}
      </dl>
      {open && forecast?.finishes_before_deadline === false && <Late forecast={forecast} />}
    </Paper>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

function EndOf({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  const now = useNow(10);
  if (!forecast.finish) return <>{t('noEnd')}</>;
  const finish = new Date(forecast.finish);
  const left = duration(Math.max(0, (finish.getTime() - now.getTime()) / 1000), zone.language);
  return (
    <>
      {brief(finish, zone)} {zoneName(finish, zone)}
      <Text span size="xs" c="dimmed" fw={400}>
        {' '}
        {t('live.left', { left })}
      </Text>
    </>
  );
}

function Late({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  if (!forecast.finish_by) return null;
  return (
    <Alert color="orange" variant="light" mt="sm" title={t('forecast.late')}>
      {t('forecast.lateDetail', { by: brief(new Date(forecast.finish_by), zone) })}
    </Alert>
  );
}
