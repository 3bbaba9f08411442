import { Button, Loader, Skeleton, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import { useNow, useZone } from '../../time/useZone';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { type Paged, usePaged } from '../../ui/usePaged';
import type { Message } from '../messages/content';
import type { Conversation } from './conversation';
import { dayName, sameDay } from './days';
import { Notes } from './Notes';
import { Reply } from './Reply';
import classes from './Thread.module.css';
import { ThreadHeader } from './ThreadHeader';
import { ThreadMessage } from './ThreadMessage';

/** One chat with its reply box. Opening it marks it as read for the whole team. */
export function Thread({ id, onClose }: { id: string; onClose: () => void }) {
  const params = { path: { id } };
  const conversation = $api.useQuery('get', '/api/v1/conversations/{id}', { params });
  const list = usePaged<Message>(['get', '/api/v1/conversations/{id}/messages', id], (cursor, signal) =>
    api.GET('/api/v1/conversations/{id}/messages', { params: { ...params, query: { cursor } }, signal }),
  );
  useMarkRead(conversation.data);
  if (!conversation.data) {
    if (conversation.error)
      return <ProblemAlert error={conversation.error} onRetry={() => void conversation.refetch()} />;
    return <Skeleton h={64} radius={0} />;
  }
  return (
    <section className={classes.pane} aria-labelledby="thread-title">
      <ThreadHeader conversation={conversation.data} onClose={onClose} />
      <Said list={list} group={conversation.data.group} />
      <Notes conversation={conversation.data} error={conversation.error} onClose={onClose} />
      <Reply conversation={conversation.data} />
    </section>
  );
}

/** The newest at the bottom; older ones come above without moving what is read. */
function Said({ list, group }: { list: Paged<Message>; group: boolean }) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const now = useNow(60);
  const messages = useMemo(() => [...list.rows].reverse(), [list.rows]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={classes.scroll} tabIndex={0} role="log" aria-label={t('said')} aria-busy={list.isLoading}>
      <div className={classes.said}>
        {list.error !== null && list.error !== undefined && <ProblemAlert error={list.error} onRetry={list.retry} />}
        {list.hasMore && (
          <Button
            size="compact-sm"
            variant="subtle"
            className={classes.older}
            onClick={list.loadMore}
            disabled={list.isLoadingMore}
          >
            {list.isLoadingMore ? <Loader size="xs" aria-label={t('common:list.loading')} /> : t('older')}
          </Button>
        )}
        {list.isLoading && <Skeletons />}
        {messages.map((message, index) => {
          const at = saidAt(message);
          const before = messages[index - 1];
          const newDay = !before || !sameDay(saidAt(before), at, zone);
          return (
            <div key={message.id} className={classes.entry}>
              {newDay && (
                <Text className={classes.day} component="time" dateTime={at.toISOString()}>
                  {dayName(at, now, zone)}
                </Text>
              )}
              <ThreadMessage message={message} withAuthor={group} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** When a message was sent, by WhatsApp's clock; of our own that wait, when they were accepted. */
function saidAt(message: Message) {
  return new Date(message.sent_at ?? message.created_at);
}

function useMarkRead(conversation: Conversation | undefined) {
  const client = useQueryClient();
  const id = conversation?.id;
  const unread = conversation?.unread ?? 0;
  useEffect(() => {
    if (!id || unread === 0 || document.hidden) return;
    void api.POST('/api/v1/conversations/{id}/read', { params: { path: { id } } }).then(({ error }) => {
      if (error) return;
      void client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/conversations'),
      });
    });
  }, [id, unread, client]);
}

function Skeletons() {
  return (
    <Stack gap={8}>
      <Skeleton h={44} w="55%" />
      <Skeleton h={64} w="60%" ml="auto" />
      <Skeleton h={44} w="40%" />
    </Stack>
  );
}
