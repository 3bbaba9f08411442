import { Group, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Session } from '../../api/types';
import { StatusBadge } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { LaneUse } from './LaneUse';
import { Remedy } from './Remedy';
import { SessionActions } from './SessionActions';
import classes from './SessionCard.module.css';
import { healthTone, statusTone } from './tones';

/** One session at a glance. */
export function SessionCard({ session }: { session: Session }) {
  const { t } = useTranslation('sessions');
  return (
    <Paper withBorder component="li" className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div className={classes.name}>
          <Title order={2}>
            <Link to={`/sessions/${session.id}`} className={classes.link}>
              {session.name}
            </Link>
          </Title>
          <Text size="sm" c="dimmed" className="tabular">
            {session.phone ?? t('noPhone')}
          </Text>
        </div>
        <SessionActions session={session} />
      </Group>
      <Group gap="xs">
        <StatusBadge tone={statusTone(session)} label={t(`status.${session.status}`)} />
        {session.health.state !== 'healthy' && session.health.state !== 'stopped' && (
          <StatusBadge tone={healthTone(session)} label={t(`health.${session.health.state}`)} />
        )}
      </Group>
      {session.health.remedy && (
        <Text size="sm" className={classes.remedy}>
          <Remedy health={session.health} />
        </Text>
      )}
      <LaneUse session={session} />
      <Group gap="lg" className={classes.foot}>
        <Text size="xs" c="dimmed">
          {t('lastIn')} <Time at={session.last_inbound_at} />
        </Text>
        <Text size="xs" c="dimmed">
          {t('lastOut')} <Time at={session.last_outbound_at} />
        </Text>
      </Group>
    </Paper>
  );
}
