import { Paper, Skeleton, Text, Timeline } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { EmptyState } from '../../../ui/EmptyState';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { ToneShape } from '../../../ui/StatusBadge';
import { ExactTime, Time } from '../../../ui/Time';
import { SessionStatus } from '../SessionState';
import { statusTone } from '../tones';
import classes from './Session.module.css';

/** Changes of its status, signals of WhatsApp, remedies that were tried; the newest first. */
export default function History({ id }: { id: string }) {
  const { t } = useTranslation('session');
  const query = $api.useQuery('get', '/api/v1/sessions/{id}/events', { params: { path: { id } } });
  if (query.error) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton h={280} radius="lg" />;
  const { items } = query.data;
  if (items.length === 0) {
    return (
      <EmptyState icon={<IconHistory size={26} />} title={t('history.empty')}>
        {t('history.emptyDetail')}
      </EmptyState>
    );
  }
  return (
    <Paper withBorder className={classes.history}>
      <Timeline bulletSize={20} lineWidth={2} aria-label={t('tab.history')}>
        {items.map((event) => (
          <Timeline.Item
            key={`${event.at} ${event.status} ${event.code}`}
            bullet={<ToneShape tone={statusTone(event)} />}
          >
            <SessionStatus status={event.status} />
            <Told event={event} />
            <Text size="xs" c="dimmed" component="div">
              <Time at={event.at} /> · <ExactTime at={event.at} />
            </Text>
          </Timeline.Item>
        ))}
      </Timeline>
    </Paper>
  );
}

/** The event in the user's language; the server's English text where it has figures or is all there is. */
function Told({ event }: { event: Model<'SessionEventView'> }) {
  const { t } = useTranslation('session');
  const { code, status, detail } = event;
  // Without a code only the change of its status is told.
  const told = t(`event.${code ?? status}`, { defaultValue: '' });
  return (
    <>
      {told && <Text size="sm">{told}</Text>}
      {detail && (!told || /\d/.test(detail)) && (
        <Text size={told ? 'xs' : 'sm'} c={told ? 'dimmed' : undefined} lang="en">
          {detail}
        </Text>
      )}
    </>
  );
}
