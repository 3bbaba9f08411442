import { Drawer, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import { asFault } from '../../../api/problem';
import type { Model } from '../../../api/types';
import { useHints } from '../../../live/LiveProvider';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { StatusBadge } from '../../../ui/StatusBadge';
import { Bubble, PhoneFrame } from '../../messages/PhoneFrame';
import { Timeline } from '../../messages/Timeline';
import { stateTone } from '../../messages/tones';
import { WaitingReason } from '../../sessions/WaitingReason';
import { one } from '../campaign';

interface Props {
  id: string;
  /** Its row of the list, where that is loaded. */
  person: Model<'RecipientView'> | undefined;
  onClose: () => void;
}

/** One person of a campaign: what they were sent, and everything that happened to it. */
export default function RecipientDrawer({ id, person, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  useHints(['message'], '/api/v1/messages/');
  const message = $api.useQuery('get', '/api/v1/messages/{id}', one(id));
  const timeline = $api.useQuery('get', '/api/v1/messages/{id}/timeline', one(id));
  // Until its turn nears, a person of a campaign has no message yet.
  const notYet = message.error && asFault(message.error).status === 404;
  const state = message.data?.state ?? person?.state;
  const title = person?.name ?? person?.phone ?? message.data?.phone ?? t('drawer.title');
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={<Text fw={650}>{title}</Text>}>
      <Stack>
        {state && (
          <div>
            <StatusBadge tone={stateTone(state)} label={t(`message.${state}`)} />{' '}
            {message.data?.waiting && (
              <Text span size="sm" c="dimmed">
                <WaitingReason waiting={message.data.waiting} />
              </Text>
            )}
          </div>
        )}
        {notYet && <Text c="dimmed">{t('drawer.notYet')}</Text>}
        {message.error && !notYet && <ProblemAlert error={message.error} onRetry={() => void message.refetch()} />}
        {message.isPending && <Skeleton h={200} />}
        {message.data && <Said content={message.data.content} title={title} />}
        {person && <Values person={person} />}
        {timeline.data && (
          <section>
            <Title order={3} mb="sm">
              {t('drawer.timeline')}
            </Title>
            <Timeline items={timeline.data.items} />
          </section>
        )}
      </Stack>
    </Drawer>
  );
}

function Said({ content, title }: { content: Model<'MessageView'>['content']; title: string }) {
  const { t } = useTranslation('campaigns');
  const words = 'text' in content ? content.text : 'caption' in content ? content.caption : undefined;
  return (
    <PhoneFrame title={title}>
      <Bubble text={words ?? t(`type.${content.type}`)} />
    </PhoneFrame>
  );
}

function Values({ person }: { person: Model<'RecipientView'> }) {
  const { t } = useTranslation('campaigns');
  return (
    <Table layout="fixed" variant="vertical" withTableBorder>
      <Table.Tbody>
        <Table.Tr>
          <Table.Th>{t('drawer.phone')}</Table.Th>
          <Table.Td className="tabular">{person.phone}</Table.Td>
        </Table.Tr>
        {person.line && (
          <Table.Tr>
            <Table.Th>{t('drawer.line')}</Table.Th>
            <Table.Td className="tabular">{person.line}</Table.Td>
          </Table.Tr>
        )}
        {Object.entries(person.variables).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th>{name}</Table.Th>
            <Table.Td>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
