import { Anchor, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../../../api/client';
import { useHints } from '../../../live/LiveProvider';
import { useZone } from '../../../time/useZone';
import { StatusBadge } from '../../../ui/StatusBadge';
import { Remedy } from '../../sessions/Remedy';
import { healthTone } from '../../sessions/tones';
import { WaitingReason } from '../../sessions/WaitingReason';
import { type Campaign, one } from '../campaign';
import classes from './live.module.css';

/** Senders of the campaign: health, what they wait for, what is left today. */
export function SenderLanes({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  useHints(['session', 'message'], '/api/v1/sessions/');
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('lanes.title')}
      </Title>
      {campaign.session_ids.length === 0 && <Text c="dimmed">{t('lanes.none')}</Text>}
      <ul className={classes.lanes}>
        {campaign.session_ids.map((id) => (
          <Lane key={id} id={id} active={campaign.state === 'running'} />
        ))}
      </ul>
    </Paper>
  );
}

function Lane({ id, active }: { id: string; active: boolean }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const session = $api.useQuery('get', '/api/v1/sessions/{id}', one(id)).data;
  const lane = $api.useQuery('get', '/api/v1/sessions/{id}/lane', one(id)).data;
  if (!session || !lane) return <Skeleton component="li" h={52} mb={8} />;
  const number = new Intl.NumberFormat(language);
  const { bulk } = lane;
  return (
    <li>
      <div className={classes.laneHead}>
        <Anchor component={Link} to={`/sessions/${id}`} fw={600} c="inherit">
          {session.name}
        </Anchor>
        <StatusBadge tone={healthTone(session)} label={t(`health.${session.health.state}`)} />
      </div>
      <Text size="sm" c="dimmed" className="tabular">
        {t('lanes.sent', { sent: number.format(lane.sent_24h) })}
        {bulk.left !== null && bulk.left !== undefined && ` · ${t('lanes.left', { left: number.format(bulk.left) })}`}
      </Text>
      <Text size="sm">
        {bulk.waiting ? <WaitingReason waiting={bulk.waiting} /> : active ? t('lanes.turn') : t('lanes.free')}
      </Text>
      {session.health.remedy && session.health.state !== 'healthy' && (
        <Text size="sm" className={classes.remedy}>
          <Remedy health={session.health} />
        </Text>
      )}
    </li>
  );
}
