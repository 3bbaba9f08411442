import { Anchor, Paper, Skeleton, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Model } from '../../../api/types';
import { useZone } from '../../../time/useZone';
import { StatusBadge } from '../../../ui/StatusBadge';
import { healthTone } from '../../sessions/tones';
import { WaitingReason } from '../../sessions/WaitingReason';
import classes from './wizard.module.css';

type Sender = Model<'SenderView'>;

/** Capacity of each sender: today, and per day. */
export function SenderCapacity({ senders }: { senders: Sender[] | undefined }) {
  const { t } = useTranslation('campaigns');
  return (
    <Paper withBorder className={classes.panel} component="section">
      <Title order={2} mb="sm">
        {t('capacity.title')}
      </Title>
      {!senders && <Skeleton h={72} />}
      {senders?.length === 0 && <Text c="dimmed">{t('lanes.none')}</Text>}
      {senders && senders.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table aria-label={t('capacity.title')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('capacity.sender')}</Table.Th>
                <Table.Th>{t('capacity.health')}</Table.Th>
                <Table.Th ta="right">{t('capacity.today')}</Table.Th>
                <Table.Th ta="right">{t('capacity.day')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {senders.map((sender) => (
                <Row key={sender.session_id} sender={sender} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}

function Row({ sender }: { sender: Sender }) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={`/sessions/${sender.session_id}`} c="inherit" fw={600}>
          {sender.name}
        </Anchor>
        {sender.waiting && (
          <Text size="xs" c="dimmed">
            <WaitingReason waiting={sender.waiting} />
          </Text>
        )}
        {sender.other_campaigns > 0 && (
          <Text size="xs" c="dimmed">
            {t('capacity.others', { count: sender.other_campaigns })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <StatusBadge
          tone={healthTone({ health: { state: sender.health, since: '' } })}
          label={t(`health.${sender.health}`)}
        />
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {sender.left == null ? t('capacity.noCap') : number.format(sender.left)}
      </Table.Td>
      <Table.Td ta="right" className="tabular">
        {number.format(sender.per_day)}
      </Table.Td>
    </Table.Tr>
  );
}
