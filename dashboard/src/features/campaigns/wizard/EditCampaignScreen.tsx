import { Button, Skeleton, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { $api } from '../../../api/client';
import { PageHeader } from '../../../ui/PageHeader';
import { StatusBadge } from '../../../ui/StatusBadge';
import { type Campaign, campaignTone, one } from '../campaign';
import { NoCampaign } from '../NoCampaign';
import { STEPS, type Step, StepList } from './StepList';

const EndCampaign = lazy(() => import('../EndCampaign'));

const BODIES = {
  audience: lazy(() => import('./AudienceStep')),
  message: lazy(() => import('./MessageStep')),
  senders: lazy(() => import('./SendersStep')),
  pace: lazy(() => import('./PaceStep')),
  check: lazy(() => import('./CheckStep')),
};

/** The wizard: works on a draft that the server keeps, so a reload or another device goes on where it was left. */
export default function EditCampaignScreen() {
  const { id = '' } = useParams();
  const { data, error, refetch } = $api.useQuery('get', '/api/v1/campaigns/{id}', one(id));
  if (data && data.state !== 'draft') return <Navigate to={`/campaigns/${id}`} replace />;
  if (data) return <Wizard campaign={data} />;
  if (error) return <NoCampaign error={error} onRetry={() => void refetch()} />;
  return <Skeleton h={420} radius="lg" />;
}

function Wizard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [search, setSearch] = useSearchParams();
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const step = STEPS.find((each) => each === search.get('step')) ?? 'audience';
  const Body = BODIES[step];
  const go = (next: Step) => {
    setSearch({ step: next });
    window.scrollTo(0, 0);
  };
  return (
    <Stack gap="md">
      <PageHeader
        title={campaign.name}
        back={{ to: '/campaigns', label: t('title') }}
        badges={<StatusBadge tone={campaignTone(campaign.state)} label={t(`state.${campaign.state}`)} />}
        actions={
          <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
            {t('act.delete')}
          </Button>
        }
      />
      <StepList current={step} campaign={campaign} go={go} />
      <Suspense fallback={<Skeleton h={360} radius="lg" />}>
        <Body key={step} campaign={campaign} go={go} />
      </Suspense>
      <Suspense>
        {deleting && (
          <EndCampaign
            campaign={campaign}
            how="delete"
            onClose={() => setDeleting(false)}
            onDone={() => navigate('/campaigns')}
          />
        )}
      </Suspense>
    </Stack>
  );
}
