import { Button, Paper, Skeleton, Stack, Title } from '@mantine/core';
import { IconBan, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { $api } from '../../api/client';
import { useHints } from '../../live/LiveProvider';
import { clock } from '../../time/format';
import { useZone } from '../../time/useZone';
import { LiveMark } from '../../ui/LiveMark';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { CancelMessage } from './CancelMessage';
import { canCancel, type Message, person, words } from './content';
import { Facts } from './Facts';
import { Media } from './Media';
import classes from './MessageScreen.module.css';
import { Bubble, PhoneFrame } from './PhoneFrame';
import { StateBadge } from './StateBadge';
import { Timeline } from './Timeline';

/** One message: content, state, timeline. */
export default function MessageScreen() {
  const { t } = useTranslation('messages');
  const params = { path: { id: useParams().id ?? '' } };
  const live = useHints(['message'], '/api/v1/messages/');
  const message = $api.useQuery('get', '/api/v1/messages/{id}', { params });
  const timeline = $api.useQuery('get', '/api/v1/messages/{id}/timeline', { params });
  const back = { to: '/messages', label: t('title') };
  if (!message.data) {
    return (
      <>
        <PageHeader title={t('one.title')} back={back} />
        {message.error ? <ProblemAlert error={message.error} onRetry={() => void message.refetch()} /> : <Loading />}
      </>
    );
  }
  const { data } = message;
  return (
    <>
      <PageHeader
        title={
          data.direction === 'outbound'
            ? t('one.to', { person: person(data) })
            : t('one.from', { person: person(data) })
        }
        back={back}
        badges={
          <>
            <StateBadge state={data.state} />
            <LiveMark state={live} />
          </>
        }
        actions={<Actions message={data} />}
      />
      {message.error && <ProblemAlert error={message.error} onRetry={() => void message.refetch()} />}
      <div className={classes.columns}>
        <Preview message={data} />
        <Stack gap="lg">
          <Paper withBorder className={classes.card}>
            <Facts message={data} />
          </Paper>
          <Paper withBorder className={classes.card} component="section" aria-labelledby="timeline">
            <Title order={2} id="timeline" mb="md">
              {t('timeline.title')}
            </Title>
            {timeline.error && <ProblemAlert error={timeline.error} onRetry={() => void timeline.refetch()} />}
            {timeline.isPending && <Skeleton h={120} />}
            {timeline.data && <Timeline items={timeline.data.items} />}
          </Paper>
        </Stack>
      </div>
    </>
  );
}

function Preview({ message }: { message: Message }) {
  const zone = useZone();
  const at = new Date(message.sent_at ?? message.created_at);
  return (
    <PhoneFrame title={person(message)}>
      <Bubble
        mine={message.direction === 'outbound'}
        media={<Media message={message} />}
        text={words(message.content)}
        footer={clock(at, zone)}
      />
    </PhoneFrame>
  );
}

function Actions({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const [cancelling, setCancelling] = useState(false);
  const again = new URLSearchParams({ to: message.phone ?? message.chat_id, session: message.session_id });
  return (
    <>
      {canCancel(message) && (
        <Button variant="default" leftSection={<IconBan size={16} />} onClick={() => setCancelling(true)}>
          {t('cancel.open')}
        </Button>
      )}
      <Button component={Link} to={`/messages/new?${again}`} leftSection={<IconSend size={16} />}>
        {t('one.another')}
      </Button>
      {cancelling && <CancelMessage message={message} onClose={() => setCancelling(false)} />}
    </>
  );
}

function Loading() {
  return (
    <div className={classes.columns} aria-busy="true">
      <Skeleton h={380} radius={28} maw={320} />
      <Skeleton h={380} />
    </div>
  );
}
