import { Anchor, Button, Drawer, Group, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api, api } from '../../api/client';
import type { Model } from '../../api/types';
import { useProfile } from '../../api/useSession';
import { Reason } from '../../components/Reason';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { FactList } from '../../ui/FactList';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { showProblem } from '../../ui/showProblem';
import { ExactTime } from '../../ui/Time';
import { JobState } from './JobState';

type Job = Model<'JobView'>;

interface Props {
  id: string;
  /** Its row of the list, where that is loaded. */
  known: Job | undefined;
  onClose: () => void;
}

/** Timeline of a job, with retry and cancel. */
export function JobDrawer({ id, known, onClose }: Props) {
  const { t } = useTranslation('operations');
  const found = $api.useQuery('get', '/api/v1/operator/jobs', { params: { query: { id } } }, { enabled: !known });
  const story = $api.useQuery('get', '/api/v1/operator/jobs/{id}/timeline', { params: { path: { id } } });
  const job = known ?? found.data?.items[0];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={
        <Group gap="sm">
          <Text fw={650}>{job ? t(`kind.${job.kind}`, { defaultValue: job.kind }) : t('jobs.one')}</Text>
          {job && <JobState state={job.state} />}
        </Group>
      }
      closeButtonProps={{ 'aria-label': t('jobs.close') }}
    >
      <Stack>
        {job && <Facts job={job} />}
        {story.error && <ProblemAlert error={story.error} onRetry={() => void story.refetch()} />}
        {story.isPending && <Skeleton h={160} />}
        <Timeline bulletSize={14} lineWidth={2}>
          {story.data?.items.map((step) => (
            <Timeline.Item
              key={`${step.at} ${step.step} ${step.detail}`}
              title={t(`step.${step.step}`, { defaultValue: step.step })}
            >
              <StepDetail {...step} />
              <Text size="xs" c="dimmed" component="div">
                <ExactTime at={step.at} />
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
        {job && <Acts job={job} />}
      </Stack>
    </Drawer>
  );
}

function Facts({ job }: { job: Job }) {
  const { t } = useTranslation('operations');
  const own = useProfile()?.organization.id === job.organization_id;
  const others = (name: string, id: string) => (
    <Anchor component={Link} to={`/operations?tab=jobs&${name}=${id}`}>
      {id}
    </Anchor>
  );
  return (
    <>
      {job.detail && (
        <Text size="sm" lang="en">
          {job.detail}
        </Text>
      )}
      <FactList
        facts={[
          [t('jobs.code'), job.code && <Because key="code" code={job.code} />],
          [t('jobs.to'), job.recipient],
          [t('jobs.by.organization'), others('organization', job.organization_id)],
          [t('jobs.by.session'), job.session_id && others('session', job.session_id)],
          [t('jobs.by.campaign'), job.campaign_id && others('campaign', job.campaign_id)],
          [t('jobs.worker'), job.owner],
          [
            t('jobs.message'),
            job.message_id && own && (
              <Anchor component={Link} to={`/messages/${job.message_id}`}>
                {job.message_id}
              </Anchor>
            ),
          ],
          [t('jobs.one'), job.id],
        ]}
      />
    </>
  );
}

const Because = ({ code }: { code: string }) => (
  <>
    <Reason code={code} /> <code>{code}</code>
  </>
);

/** Names of workers, ids and answers of WAHA stand there as they were written down. */
function StepDetail({ step, detail }: Model<'StepView'>) {
  const { t } = useTranslation('operations');
  if (!detail) return null;
  if (step === 'job_recorded') return <Text size="sm">{t(`kind.${detail}`, { defaultValue: detail })}</Text>;
  return (
    <Text size="sm" lang="en">
      {step === 'due' ? <Because code={detail} /> : detail}
    </Text>
  );
}

function Acts({ job }: { job: Job }) {
  const { t } = useTranslation('operations');
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const params = { path: { id: job.id } };
  const again = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/operator') });
  const retry = async () => {
    const { error } = await api.POST('/api/v1/operator/jobs/{id}/retry', { params });
    if (error) showProblem(error);
    else notifications.show({ message: t('jobs.retried') });
    await again();
  };
  const cancel = async () => {
    const { error } = await api.POST('/api/v1/operator/jobs/{id}/cancel', { params });
    if (error) throw error;
    await again();
  };
  // Without attempts it is over.
  if (job.attempts == null || job.state === 'running') return null;
  return (
    <Group>
      <Button variant="default" onClick={() => void retry()}>
        {t('jobs.retry')}
      </Button>
      <Button variant="default" onClick={() => setCancelling(true)}>
        {t('jobs.cancel')}
      </Button>
      <ConfirmImpact
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('jobs.cancelTitle')}
        impact={[`${t(`kind.${job.kind}`, { defaultValue: job.kind })}: ${job.recipient ?? job.id}`]}
        confirm={t('jobs.cancel')}
        onConfirm={cancel}
      >
        {t('jobs.cancelDetail')}
      </ConfirmImpact>
    </Group>
  );
}
