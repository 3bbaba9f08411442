import { Button, Group, Loader, ScrollArea, SegmentedControl, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api, api } from '../../api/client';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { type Paged, usePaged } from '../../ui/usePaged';
import { useSessions } from '../sessions/useSessions';
import classes from './ConversationList.module.css';
import { ConversationRow } from './ConversationRow';
import type { Conversation } from './conversation';

interface Props {
  chosen: string | null;
  onOpen: (id: string) => void;
}

// The filter is shown only with several numbers.
const SessionSelect = lazy(() => import('../sessions/SessionSelect'));

const TYPING_MS = 300;

/** All chats, the one in which somebody wrote last first. */
export function ConversationList({ chosen, onOpen }: Props) {
  const { t } = useTranslation('inbox');
  const { sessions } = useSessions();
  const [typed, setTyped] = useState('');
  const [session, setSession] = useState<string | null>(null);
  const { filters: shown, set: show } = useAddressFilters(['show']);
  const only = shown.show === 'unread' ? 'unread' : 'all';
  const [search] = useDebouncedValue(typed.trim(), TYPING_MS);
  const unread = $api.useQuery('get', '/api/v1/conversations/unread');
  const filters = {
    session: session ?? undefined,
    unread: only === 'unread' ? true : undefined,
    search: search || undefined,
  };
  const list = usePaged<Conversation>(['get', '/api/v1/conversations', filters], (cursor, signal) =>
    api.GET('/api/v1/conversations', { params: { query: { ...filters, cursor } }, signal }),
  );
  const count = unread.data?.conversations ?? 0;
  return (
    <section className={classes.pane} aria-label={t('list')}>
      <Stack gap={8} className={classes.filters}>
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group gap={8} wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t('show')}
            value={only}
            onChange={(value) => show({ show: value === 'all' ? null : value })}
            data={[
              { value: 'all', label: t('all') },
              { value: 'unread', label: count > 0 ? t('unreadCount', { count }) : t('unread') },
            ]}
          />
          <Suspense>
            {sessions.length > 1 && (
              <SessionSelect
                size="xs"
                flex={1}
                miw={0}
                aria-label={t('session')}
                placeholder={t('session')}
                clearable
                value={session}
                onChange={setSession}
              />
            )}
          </Suspense>
        </Group>
      </Stack>
      <ScrollArea className={classes.scroll} viewportProps={{ tabIndex: -1 }}>
        <Body list={list} chosen={chosen} onOpen={onOpen} filtered={Object.values(filters).some(Boolean)} />
      </ScrollArea>
    </section>
  );
}

function Body({ list, chosen, onOpen, filtered }: Props & { list: Paged<Conversation>; filtered: boolean }) {
  const { t } = useTranslation('inbox');
  if (list.isLoading) return <Skeletons />;
  if (list.error && list.rows.length === 0) return <ProblemAlert error={list.error} onRetry={list.retry} />;
  if (list.rows.length === 0) return <Nothing filtered={filtered} />;
  return (
    <>
      <ul className={classes.rows}>
        {list.rows.map((conversation) => (
          <ConversationRow
            key={conversation.id}
            conversation={conversation}
            chosen={conversation.id === chosen}
            onOpen={() => onOpen(conversation.id)}
          />
        ))}
      </ul>
      {list.hasMore && (
        <Group justify="center" p="xs">
          {list.isLoadingMore ? (
            <Loader size="xs" aria-label={t('common:list.loading')} />
          ) : (
            <Button size="compact-sm" variant="subtle" onClick={list.loadMore}>
              {t('common:list.more')}
            </Button>
          )}
        </Group>
      )}
    </>
  );
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation('inbox');
  return (
    <Stack p="lg" gap="xs" align="center" ta="center">
      <Text fw={600}>{filtered ? t('none.title') : t('empty.title')}</Text>
      <Text size="sm" c="dimmed">
        {filtered ? t('none.detail') : t('empty.detail')}
      </Text>
      {!filtered && (
        <Button component={Link} to="/messages/new" variant="default" mt="xs">
          {t('empty.action')}
        </Button>
      )}
    </Stack>
  );
}

function Skeletons() {
  const { t } = useTranslation('inbox');
  return (
    <Stack gap={10} p="md" role="status" aria-busy="true" aria-label={t('list')}>
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} h={48} />
      ))}
    </Stack>
  );
}
