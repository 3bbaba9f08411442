import { ActionIcon, Button, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconBan, IconCircleCheck, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Allow } from '../contacts/Allow';
import { useSessions } from '../sessions/useSessions';
import { type Conversation, isHidden, keyOf, titleOf } from './conversation';
import { OptOut } from './OptOut';
import classes from './Thread.module.css';

/** Head of a chat: person, session, opt-out. */
export function ThreadHeader({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const { nameOf } = useSessions();
  const { name, username, phone, session_id, contact_id, group } = conversation;
  const key = keyOf(conversation);
  const title = titleOf(conversation);
  const number = isHidden(conversation)
    ? [username && `@${username}`, t('hidden.number')].filter(Boolean).join(' · ')
    : name && phone;
  return (
    <header className={classes.header}>
      <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" size="lg" onClick={onClose} aria-label={t('back')}>
        <IconArrowLeft size={20} />
      </ActionIcon>
      <div className={classes.title}>
        <Title order={2} id="thread-title">
          {title}
        </Title>
        <Text size="xs" c="dimmed" truncate className="tabular">
          {[number, t('by', { session: nameOf(session_id) })].filter(Boolean).join(' · ')}
        </Text>
      </div>
      {!contact_id && !group && (
        <Tooltip label={t('addContact')}>
          <ActionIcon
            component={Link}
            to={`/contacts?${new URLSearchParams({ new: '', phone: key, name: name ?? '' })}`}
            variant="default"
            size="lg"
            aria-label={t('addContact')}
          >
            <IconUserPlus size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      )}
      {!group && <MayWrite conversation={conversation} phone={key} />}
    </header>
  );
}

function MayWrite({ conversation, phone }: { conversation: Conversation; phone: string }) {
  const { t } = useTranslation('inbox');
  const [asking, setAsking] = useState(false);
  const close = () => setAsking(false);
  const { suppressed } = conversation;
  return (
    <>
      <Button
        variant="default"
        leftSection={suppressed ? <IconCircleCheck size={16} /> : <IconBan size={16} />}
        onClick={() => setAsking(true)}
      >
        {suppressed ? t('allow') : t('optOut.open')}
      </Button>
      {asking && suppressed && <Allow phone={phone} reason={suppressed} onClose={close} />}
      {asking && !suppressed && <OptOut name={titleOf(conversation)} phone={phone} onClose={close} />}
    </>
  );
}
