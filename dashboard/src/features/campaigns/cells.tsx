import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { brief } from '../../time/format';
import { useZone } from '../../time/useZone';
import { Progress } from '../../ui/Progress';
import { Time } from '../../ui/Time';
import { WaitingReason } from '../sessions/WaitingReason';
import { type Campaign, type CampaignProgress, one, reached } from './campaign';

/** A forecast plays the whole campaign through; it changes slowly. */
const FORECAST_MS = 30_000;

const launched = ({ state }: Campaign) => state !== 'draft' && state !== 'scheduled';

function useProgress(campaign: Campaign) {
  return $api.useQuery('get', '/api/v1/campaigns/{id}/progress', one(campaign.id), {
    enabled: launched(campaign),
  });
}

export function ProgressCell({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { data } = useProgress(campaign);
  if (!launched(campaign))
    return (
      <Text size="sm" c="dimmed" className="tabular">
        {t('people', { count: campaign.total })}
      </Text>
    );
  const done = data ? reached(data).done : 0;
  return (
    <div style={{ width: '100%' }}>
      <Progress
        done={done}
        total={campaign.total}
        label={t('progressOf', { name: campaign.name })}
        animated={campaign.state === 'running'}
      />
      {data && <Outcome progress={data} />}
    </div>
  );
}

/** Delivery of the sent messages. */
function Outcome({ progress }: { progress: CampaignProgress }) {
  const { t } = useTranslation('campaigns');
  const { delivered, read, failed } = reached(progress);
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {t('outcome', { delivered, read, failed })}
    </Text>
  );
}

export function RateCell({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const { data } = useProgress(campaign);
  if (campaign.state !== 'running' || !data) return <>–</>;
  const rate = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(data.rate_per_minute);
  return <span className="tabular">{t('perMinute', { rate })}</span>;
}

/** Estimated end and what limits it; or the start, or the end. */
export function EndCell({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const zone = useZone();
  const { state } = campaign;
  const { data } = $api.useQuery('get', '/api/v1/campaigns/{id}/forecast', one(campaign.id), {
    enabled: state === 'running',
    staleTime: FORECAST_MS,
    refetchInterval: FORECAST_MS,
    meta: { ownPace: true },
  });
  if (state === 'scheduled' && campaign.send_at)
    return (
      <div>
        {t('startsAt', { at: brief(new Date(campaign.send_at), zone) })}
        <Text size="xs" c="dimmed">
          <Time at={campaign.send_at} />
        </Text>
      </div>
    );
  if (state === 'finished' || state === 'cancelled') return <Time at={campaign.finished_at ?? campaign.updated_at} />;
  if (state !== 'running' || !data) return <>–</>;
  const binding = data.stuck ?? data.days[0]?.binding;
  return (
    <div>
      <Text size="sm" className="tabular">
        {data.finish ? brief(new Date(data.finish), zone) : t('noEnd')}
      </Text>
      {binding && (
        <Text size="xs" c="dimmed">
          <WaitingReason waiting={{ for: binding }} />
        </Text>
      )}
    </div>
  );
}
