import { Button, Stack, Text } from '@mantine/core';
import { IconArrowDownLeft, IconArrowUpRight, IconMessage2, IconSend } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { Reason } from '../../components/Reason';
import { useHints } from '../../live/LiveProvider';
import type { Column } from '../../ui/DataList';
import { DownloadButton } from '../../ui/DownloadButton';
import { EmptyState } from '../../ui/EmptyState';
import { ListScreen } from '../../ui/ListScreen';
import { NoneFits } from '../../ui/NoneFits';
import { Time } from '../../ui/Time';
import { usePaged } from '../../ui/usePaged';
import { useSessions } from '../sessions/useSessions';
import { WaitingReason } from '../sessions/WaitingReason';
import { type Message, person, words } from './content';
import { Filters } from './Filters';
import { StateBadge } from './StateBadge';
import { Summary } from './Summary';
import { useFilters } from './useFilters';

// Only with a selection or a filter.
const BatchActs = lazy(() => import('./BatchActs').then(({ BatchActs }) => ({ default: BatchActs })));

/** Every message, sent and received. */
export default function MessagesScreen() {
  const { t } = useTranslation('messages');
  const bar = useFilters();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const live = useHints(['message'], '/api/v1/messages');
  const list = usePaged<Message>(['get', '/api/v1/messages', bar.filters], (cursor, signal) =>
    api.GET('/api/v1/messages', { params: { query: { ...bar.filters, cursor } }, signal }),
  );
  const batch = (
    <Suspense>
      <BatchActs selected={selected} filters={bar.filters} onDone={() => setSelected(new Set())} />
    </Suspense>
  );
  const compose = (
    <Button component={Link} to="/messages/new" leftSection={<IconSend size={16} />}>
      {t('compose.title')}
    </Button>
  );
  return (
    <ListScreen
      title={t('title')}
      subtitle={t('subtitle')}
      live={live}
      actions={
        <>
          <DownloadButton
            label={t('export')}
            filename="messages.csv"
            fetchFile={() =>
              api.GET('/api/v1/messages/export', { params: { query: { ...bar.filters } }, parseAs: 'blob' })
            }
          />
          {compose}
        </>
      }
      list={list}
      columns={useColumns()}
      rowKey={(message) => message.id}
      href={(message) => `/messages/${message.id}`}
      filters={
        <>
          <Filters {...bar} />
          {bar.any && selected.size === 0 && list.rows.length > 0 && bar.filters.direction !== 'inbound' && batch}
        </>
      }
      selection={{ keys: selected, onChange: setSelected }}
      bulk={batch}
      empty={
        bar.any ? (
          <NoneFits clear={bar.clear} />
        ) : (
          <EmptyState icon={<IconMessage2 size={26} />} title={t('empty.title')} action={compose}>
            {t('empty.detail')}
          </EmptyState>
        )
      }
    />
  );
}

function useColumns(): Column<Message>[] {
  const { t } = useTranslation('messages');
  const { nameOf } = useSessions();
  return [
    {
      key: 'person',
      header: t('column.person'),
      width: 'minmax(170px, 1.1fr)',
      render: (message) => <Person message={message} />,
    },
    {
      key: 'text',
      header: t('column.text'),
      width: 'minmax(0, 2.4fr)',
      render: (message) => <Summary kind={message.content.type} words={words(message.content)} />,
    },
    {
      key: 'state',
      header: t('column.state'),
      width: 'minmax(150px, 1.3fr)',
      render: (message) => <State message={message} />,
    },
    {
      key: 'session',
      header: t('column.session'),
      width: 'minmax(0, 1fr)',
      render: (message) => nameOf(message.session_id),
    },
    {
      key: 'class',
      header: t('column.class'),
      width: '0.8fr',
      hideOnPhone: true,
      render: (message) => (message.direction === 'inbound' ? '–' : t(`class.${message.class}`)),
    },
    {
      key: 'at',
      header: t('column.at'),
      width: 'minmax(110px, 0.8fr)',
      align: 'right',
      render: (message) => <Time at={message.created_at} />,
    },
  ];
}

function Person({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const Icon = message.direction === 'inbound' ? IconArrowDownLeft : IconArrowUpRight;
  return (
    <span className="tabular">
      <Icon
        size={15}
        role="img"
        aria-label={t(`direction.${message.direction}`)}
        style={{ verticalAlign: '-2px', marginRight: 6 }}
        color="var(--mantine-color-dimmed)"
      />
      {person(message)}
    </span>
  );
}

function State({ message }: { message: Message }) {
  return (
    <Stack gap={0} py={4} align="flex-start">
      <StateBadge state={message.state} />
      {message.waiting && (
        <Text size="xs" c="dimmed">
          <WaitingReason waiting={message.waiting} />
        </Text>
      )}
      {message.error && (
        <Text size="xs" c="dimmed">
          <Reason code={message.error.code} />
        </Text>
      )}
    </Stack>
  );
}
