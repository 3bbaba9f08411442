import { Anchor, CopyButton, Text, Tooltip, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Reason, ReasonMend } from '../../components/Reason';
import { FactList } from '../../ui/FactList';
import { ExactTime } from '../../ui/Time';
import { useSessions } from '../sessions/useSessions';
import { WaitingReason } from '../sessions/WaitingReason';
import { type Message, person } from './content';
import classes from './Facts.module.css';

/** Facts of a message, apart from its content. */
export function Facts({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const { nameOf } = useSessions();
  const { campaign_id, error, waiting, author } = message;
  const outbound = message.direction === 'outbound';
  return (
    <FactList
      facts={[
        [t('fact.waiting'), waiting && <Waiting key="waiting" waiting={waiting} />],
        [t('fact.error'), error && <Failed key="error" error={error} />],
        [
          t('fact.person'),
          <Anchor
            key="person"
            component={Link}
            to={`/messages?phone=${encodeURIComponent(person(message))}`}
            className="tabular"
          >
            {person(message)}
          </Anchor>,
        ],
        [t('fact.author'), author && (author.name ?? author.chat_id)],
        [t('fact.session'), nameOf(message.session_id)],
        [
          t('fact.campaign'),
          campaign_id && (
            <Anchor key="campaign" component={Link} to={`/campaigns/${campaign_id}`}>
              {t('fact.openCampaign')}
            </Anchor>
          ),
        ],
        [t('fact.class'), outbound && t(`class.${message.class}`)],
        [outbound ? t('fact.accepted') : t('fact.received'), <ExactTime key="at" at={message.created_at} />],
        [t('fact.sentAt'), !outbound && message.sent_at && <ExactTime key="sent" at={message.sent_at} />],
        [t('fact.editedAt'), message.edited_at && <ExactTime key="edited" at={message.edited_at} />],
        [t('fact.deletedAt'), message.deleted_at && <ExactTime key="deleted" at={message.deleted_at} />],
        [t('fact.sendAt'), message.send_at && <ExactTime key="due" at={message.send_at} />],
        [t('fact.expiresAt'), message.expires_at && <ExactTime key="end" at={message.expires_at} />],
        [t('fact.id'), <Copied key="id" text={message.id} />],
        [t('fact.whatsappId'), message.whatsapp_id && <Copied key="whatsapp" text={message.whatsapp_id} />],
      ]}
    />
  );
}

function Waiting({ waiting }: { waiting: NonNullable<Message['waiting']> }) {
  return (
    <>
      <WaitingReason waiting={waiting} />
      {waiting.code && (
        <Text size="sm" c="dimmed">
          <Reason code={waiting.code} />
        </Text>
      )}
    </>
  );
}

function Failed({ error }: { error: NonNullable<Message['error']> }) {
  return (
    <>
      <Reason code={error.code} />
      <Text size="sm" c="dimmed">
        <ReasonMend code={error.code} />
      </Text>
      <Text size="xs" c="dimmed" lang="en">
        <code>{error.code}</code> {error.detail}
      </Text>
    </>
  );
}

function Copied({ text }: { text: string }) {
  const { t } = useTranslation('messages');
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('common:action.copied') : t('fact.copy')}>
          <UnstyledButton onClick={copy} className={classes.copied}>
            {text}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  );
}
