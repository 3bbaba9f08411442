import { Button, Drawer, Group, Skeleton, Stack, Text, Timeline } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import { asFault } from '../../api/problem';
import { ConfirmImpact } from '../../components/ConfirmImpact';
import { ProblemAlert } from '../../components/ProblemAlert';
import { ExactTime } from '../../components/Time';
import type { Job } from './Jobs';

/** A job's story, with another try or its end. */
export function JobDrawer({ job, onClose }: { job: Job; onClose: () => void }) {
  const { t } = useTranslation('operations');
  const client = useQueryClient();
  const [cancelling, setCancelling] = useState(false);
  const params = { path: { id: job.id } };
  const story = $api.useQuery('get', '/api/v1/operator/jobs/{id}/timeline', { params });
  const again = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/operator') });
  const retry = async () => {
    const { error } = await api.POST('/api/v1/operator/jobs/{id}/retry', { params });
    if (error) notifications.show({ color: 'red', title: asFault(error).title, message: asFault(error).detail });
    else notifications.show({ message: t('jobs.retried') });
    await again();
  };
  const cancel = async () => {
    const { error } = await api.POST('/api/v1/operator/jobs/{id}/cancel', { params });
    if (error) throw error;
    await again();
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={<Text fw={650}>{job.kind}</Text>}
      closeButtonProps={{ 'aria-label': t('jobs.close') }}
    >
      <Stack>
        <Text size="xs" ff="monospace">
          {job.id}
        </Text>
        {job.detail && <Text size="sm">{job.detail}</Text>}
        {story.error && <ProblemAlert error={story.error} onRetry={() => void story.refetch()} />}
        {story.isPending && <Skeleton h={160} />}
        <Timeline bulletSize={14} lineWidth={2}>
          {story.data?.items.map((step) => (
            <Timeline.Item key={`${step.at} ${step.step} ${step.detail}`} title={step.step}>
              {step.detail && <Text size="sm">{step.detail}</Text>}
              <Text size="xs" c="dimmed" component="div">
                <ExactTime at={step.at} />
              </Text>
            </Timeline.Item>
          ))}
        </Timeline>
        <Group>
          <Button variant="default" onClick={() => void retry()}>
            {t('jobs.retry')}
          </Button>
          <Button variant="default" onClick={() => setCancelling(true)}>
            {t('jobs.cancel')}
          </Button>
        </Group>
      </Stack>
      <ConfirmImpact
        opened={cancelling}
        onClose={() => setCancelling(false)}
        title={t('jobs.cancelTitle')}
        impact={[`${job.kind} ${job.recipient ?? job.id}`]}
        confirm={t('jobs.cancel')}
        onConfirm={cancel}
      >
        {t('jobs.cancelDetail')}
      </ConfirmImpact>
    </Drawer>
  );
}
