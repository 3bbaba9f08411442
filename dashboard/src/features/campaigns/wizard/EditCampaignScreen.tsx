import { Alert, Button, Skeleton, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useNavigate, useParams, useSearchParams } from 'react-router';
import { $api } from '../../../api/client';
import { PageHeader } from '../../../ui/PageHeader';
import { StatusBadge } from '../../../ui/StatusBadge';
import { forgetDraft } from '../../../ui/useUnsaved';
import { type Campaign, campaignTone, one } from '../campaign';
import { NoCampaign } from '../NoCampaign';
import { EditedMeanwhile } from './EditedMeanwhile';
import { type Step, StepList, stepsOf } from './StepList';
import { type DraftBase, DraftBaseContext } from './useSaveDraft';

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
  if (data && data.state !== 'draft' && data.state !== 'paused') return <Navigate to={`/campaigns/${id}`} replace />;
  if (data) return <Wizard campaign={data} />;
  if (error) return <NoCampaign error={error} onRetry={() => void refetch()} />;
  return <Skeleton h={420} radius="lg" />;
}

function Wizard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const [search, setSearch] = useSearchParams();
  const [deleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const steps = stepsOf(campaign);
  const step = steps.find((each) => each === search.get('step')) ?? steps[0] ?? 'message';
  const [generation, setGeneration] = useState(0);
  const [meanwhile, setMeanwhile] = useState<Campaign>();
  const version = useRef(campaign.version);
  const opened = `${step} ${generation}`;
  // A step is made from the version that it was opened with. The people of the first step are no text that could be lost.
  const seen = useRef(opened);
  if (seen.current !== opened || step === 'audience') version.current = campaign.version;
  seen.current = opened;
  const query = $api.queryOptions('get', '/api/v1/campaigns/{id}', one(campaign.id));
  const base: DraftBase = {
    version,
    conflict: () => void client.fetchQuery({ ...query, staleTime: 0 }).then(setMeanwhile),
  };
  const load = () => {
    for (const name of ['message', 'pace']) forgetDraft(`campaign-${name}-${campaign.id}`);
    setMeanwhile(undefined);
    setGeneration(generation + 1);
  };
  const keep = () => {
    if (meanwhile) version.current = meanwhile.version;
    setMeanwhile(undefined);
  };
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
          campaign.state === 'draft' && (
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={() => setDeleting(true)}>
              {t('act.delete')}
            </Button>
          )
        }
      />
      <StepList current={step} campaign={campaign} go={go} />
      {campaign.state === 'paused' && (
        <Alert variant="light" color="blue">
          {t('wizard.paused')}
        </Alert>
      )}
      {meanwhile && <EditedMeanwhile saved={meanwhile} onLoad={load} onKeep={keep} />}
      <DraftBaseContext value={base}>
        <Suspense fallback={<Skeleton h={360} radius="lg" />}>
          <Body key={opened} campaign={campaign} go={go} />
        </Suspense>
      </DraftBaseContext>
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
