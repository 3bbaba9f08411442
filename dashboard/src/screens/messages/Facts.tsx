import { Anchor, CopyButton, Text, Tooltip, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ExactTime } from '../../components/Time';
import { useSessions } from '../../components/useSessions';
import { WaitingReason } from '../../components/WaitingReason';
import { type Message, person } from './content';
import classes from './Facts.module.css';

/** What is known of a message, besides what it says. */
export function Facts({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const { nameOf } = useSessions();
  const { campaign_id, error, waiting, author } = message;
  return (
    <dl className={classes.facts}>
      {waiting && (
        <Fact name={t('fact.waiting')}>
          <WaitingReason waiting={waiting} />
          {waiting.code && <Code text={waiting.code} />}
        </Fact>
      )}
      {error && (
        <Fact name={t('fact.error')}>
          <Code text={error.code} />
          {error.detail && <Text size="sm">{error.detail}</Text>}
        </Fact>
      )}
      <Fact name={t('fact.person')}>
        <Anchor component={Link} to={`/messages?phone=${encodeURIComponent(person(message))}`} className="tabular">
          {person(message)}
        </Anchor>
      </Fact>
      {author && <Fact name={t('fact.author')}>{author.name ?? author.chat_id}</Fact>}
      <Fact name={t('fact.session')}>{nameOf(message.session_id)}</Fact>
      {campaign_id && (
        <Fact name={t('fact.campaign')}>
          <Anchor component={Link} to={`/campaigns/${campaign_id}`}>
            {t('fact.openCampaign')}
          </Anchor>
        </Fact>
      )}
      {message.direction === 'outbound' && <Fact name={t('fact.class')}>{t(`class.${message.class}`)}</Fact>}
      <Instant
        name={message.direction === 'outbound' ? t('fact.accepted') : t('fact.received')}
        at={message.created_at}
      />
      <Instant name={t('fact.sendAt')} at={message.send_at} />
      <Instant name={t('fact.expiresAt')} at={message.expires_at} />
      <Fact name={t('fact.id')}>
        <Copied text={message.id} />
      </Fact>
      {message.whatsapp_id && (
        <Fact name={t('fact.whatsappId')}>
          <Copied text={message.whatsapp_id} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Instant({ name, at }: { name: string; at: string | null | undefined }) {
  if (!at) return null;
  return (
    <Fact name={name}>
      <ExactTime at={at} />
    </Fact>
  );
}

const Code = ({ text }: { text: string }) => (
  <Text size="sm" ff="monospace" component="code" display="block">
    {text}
  </Text>
);

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
