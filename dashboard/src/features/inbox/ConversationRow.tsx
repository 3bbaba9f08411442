import { Avatar } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNow, useZone } from '../../time/useZone';
import { Summary } from '../messages/Summary';
import classes from './ConversationList.module.css';
import { type Conversation, titleOf } from './conversation';
import { shortly } from './days';
import { Ticks } from './Ticks';

interface Props {
  conversation: Conversation;
  chosen: boolean;
  onOpen: () => void;
}

/** One chat: who, the last words, when, how many unread. */
export function ConversationRow({ conversation, chosen, onOpen }: Props) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const now = useNow(60);
  const { unread, group, last_message: last } = conversation;
  const title = titleOf(conversation);
  return (
    <li>
      <button type="button" className={classes.row} aria-current={chosen} data-unread={unread > 0} onClick={onOpen}>
        <Avatar radius="xl" size={38} color="accent" name={group ? undefined : title} aria-hidden="true">
          {group ? <IconUsers size={18} /> : undefined}
        </Avatar>
        <span>
          <span className={classes.line}>
            <span className={classes.name}>{title}</span>
            <time className={classes.at} dateTime={last.at}>
              {shortly(new Date(last.at), now, zone)}
            </time>
          </span>
          <span className={classes.line}>
            <span className={classes.last}>
              {last.direction === 'outbound' && <Ticks state={last.state} />}
              <Summary kind={last.type} words={last.preview} />
            </span>
            {unread > 0 && (
              <span className={classes.count}>
                <span aria-hidden="true">{unread}</span>
                <span className={classes.hidden}>{t('newMessages', { count: unread })}</span>
              </span>
            )}
          </span>
        </span>
      </button>
    </li>
  );
}
