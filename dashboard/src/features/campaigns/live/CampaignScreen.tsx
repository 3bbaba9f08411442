import { Skeleton, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Navigate, useParams } from 'react-router';
import { $api } from '../../../api/client';
import { LiveMark } from '../../../ui/LiveMark';
import { PageHeader } from '../../../ui/PageHeader';
import { StatusBadge } from '../../../ui/StatusBadge';
import { type Campaign, campaignTone, isOpen, one } from '../campaign';
import { NoCampaign } from '../NoCampaign';
import { CampaignButtons } from './CampaignButtons';
import { Errors } from './Errors';
import { Funnel } from './Funnel';
import { LiveSummary } from './LiveSummary';
import classes from './live.module.css';
import { Recipients } from './Recipients';
import { SenderLanes } from './SenderLanes';
import { useLiveProgress } from './useLiveProgress';
import { Versions } from './Versions';

/** A launched campaign: progress, rate, limits, errors, recipients. */
export default function CampaignScreen() {
  const { id = '' } = useParams();
  const { data, error, refetch } = $api.useQuery('get', '/api/v1/campaigns/{id}', one(id));
  if (data?.state === 'draft') return <Navigate to={`/campaigns/${id}/edit`} replace />;
  if (data) return <Launched campaign={data} />;
  if (error) return <NoCampaign error={error} onRetry={() => void refetch()} />;
  return (
    <Stack>
      <Skeleton h={64} />
      <Skeleton h={200} />
      <Skeleton h={320} />
    </Stack>
  );
}

function Launched({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { live, progress } = useLiveProgress(campaign);
  return (
    <Stack gap="md">
      <PageHeader
        title={campaign.name}
        back={{ to: '/campaigns', label: t('title') }}
        badges={
          <>
            <StatusBadge tone={campaignTone(campaign.state)} label={t(`state.${campaign.state}`)} />
            {isOpen(campaign.state) && <LiveMark state={live} />}
          </>
        }
        actions={<CampaignButtons campaign={campaign} />}
      />
      <LiveSummary campaign={campaign} progress={progress} />
      <div className={classes.columns}>
        <Funnel progress={progress} />
        <SenderLanes campaign={campaign} />
      </div>
      <Versions campaign={campaign} />
      <Errors campaign={campaign} progress={progress} />
      <Recipients campaign={campaign} progress={progress} />
    </Stack>
  );
}
