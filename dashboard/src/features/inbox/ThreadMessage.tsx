import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Reason } from '../../components/Reason';
import { clock, exact } from '../../time/format';
import { useZone } from '../../time/useZone';
import { type Message, words } from '../messages/content';
import { Media } from '../messages/Media';
import { formatted } from '../messages/PhoneFrame';
import { WaitingReason } from '../sessions/WaitingReason';
import classes from './Thread.module.css';
import { Ticks } from './Ticks';

/** One message of a chat. Its time leads to all that happened to it. */
export function ThreadMessage({ message, withAuthor }: { message: Message; withAuthor: boolean }) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const mine = message.direction === 'outbound';
  const at = new Date(message.sent_at ?? message.created_at);
  const text = words(message.content) || (message.content.type === 'unknown' ? t('messages:kind.unknown') : '');
  const { author, error, waiting } = message;
  return (
    <div className={classes.letter} data-mine={mine}>
      {withAuthor && author && <span className={classes.author}>{author.name ?? author.chat_id}</span>}
      <Media message={message} />
      {text && <span className={classes.text}>{formatted(text)}</span>}
      {message.state === 'failed' && (
        <span className={classes.wrong}>
          {t('failed')} {error && <Reason code={error.code} fallback={error.detail} />}
        </span>
      )}
      <Link to={`/messages/${message.id}`} className={classes.foot} title={exact(at, zone)} aria-label={t('open')}>
        {waiting && <WaitingReason waiting={waiting} />}
        <span className="tabular">{clock(at, zone)}</span>
        {mine && <Ticks state={message.state} />}
      </Link>
    </div>
  );
}
