import { Anchor } from '@mantine/core';
import { IconBan, IconMapPin, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Message, words } from '../messages/content';
import { formatted } from '../messages/PhoneFrame';
import classes from './Thread.module.css';

/** What a message says: its words, or what stands for them. What its author deleted is shown to nobody. */
export function Said({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const { content } = message;
  switch (content.type) {
    case 'deleted':
      return (
        <span className={classes.deleted}>
          <IconBan size={15} aria-hidden="true" /> {t('deleted')}
        </span>
      );
    case 'location': {
      const at = `${content.latitude},${content.longitude}`;
      return (
        <span className={classes.text}>
          <IconMapPin size={15} aria-hidden="true" />{' '}
          <Anchor
            href={`https://www.openstreetmap.org/?mlat=${content.latitude}&mlon=${content.longitude}&zoom=16`}
            target="_blank"
            rel="noopener noreferrer"
            title={at}
          >
            {words(content)}
          </Anchor>
          {content.live && ` · ${t('live')}`}
          {content.name && content.address && <span className={classes.more}>{content.address}</span>}
        </span>
      );
    }
    case 'contacts':
      return (
        <>
          {content.contacts.map((card) => (
            <span key={`${card.name} ${card.phones.join()}`} className={classes.text}>
              <IconUser size={15} aria-hidden="true" /> {card.name ?? t('messages:kind.contacts')}
              <span className={classes.more}>{card.phones.join(', ')}</span>
            </span>
          ))}
        </>
      );
    case 'poll':
      return (
        <span className={classes.text}>
          <strong>{content.question}</strong>
          {content.options.map((option) => (
            <span key={option} className={classes.more}>
              ○ {option}
            </span>
          ))}
        </span>
      );
    default: {
      const text = words(content) || (content.type === 'unknown' ? t('messages:kind.unknown') : '');
      return text ? <span className={classes.text}>{formatted(text)}</span> : null;
    }
  }
}

/** Reactions to a message: each emoji once, with how many people chose it. */
export function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation('inbox');
  const counts = new Map<string, number>();
  for (const { emoji } of message.reactions) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  if (counts.size === 0) return null;
  return (
    <span
      className={classes.reactions}
      role="img"
      aria-label={t('reactions', { emojis: [...counts.keys()].join(' ') })}
    >
      {[...counts].map(([emoji, count]) => (count > 1 ? `${emoji} ${count}` : emoji)).join(' ')}
    </span>
  );
}
