import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Reason } from '../../components/Reason';
import { brief, clock, exact } from '../../time/format';
import { useZone } from '../../time/useZone';
import type { Message } from '../messages/content';
import { Media } from '../messages/Media';
import { WaitingReason } from '../sessions/WaitingReason';
import { Reactions, Said } from './Said';
import classes from './Thread.module.css';
import { Ticks } from './Ticks';

/** A received message that came so much later than it was sent says so. */
const LATE_MS = 5 * 60_000;

/** One message of a chat. Its time leads to all that happened to it. */
export function ThreadMessage({ message, withAuthor }: { message: Message; withAuthor: boolean }) {
  const { t } = useTranslation('inbox');
  const zone = useZone();
  const mine = message.direction === 'outbound';
  const at = new Date(message.sent_at ?? message.created_at);
  const { author, error, waiting, group } = message;
  const late = !mine && Date.parse(message.created_at) - at.getTime() > LATE_MS;
  return (
    <div className={classes.letter} data-mine={mine}>
      {withAuthor && author && <span className={classes.author}>{author.name ?? author.chat_id}</span>}
      <Media message={message} />
      <Said message={message} />
      <Reactions message={message} />
      {message.state === 'failed' && (
        <span className={classes.wrong}>
          {t('failed')} {error && <Reason code={error.code} fallback={error.detail} />}
        </span>
      )}
      <Link to={`/messages/${message.id}`} className={classes.foot} title={exact(at, zone)} aria-label={t('open')}>
        {waiting && <WaitingReason waiting={waiting} />}
        {message.edited_at && !message.deleted_at && <span>{t('edited')}</span>}
        {late && <span>{t('late', { at: brief(new Date(message.created_at), zone) })}</span>}
        {group && group.read > 0 && (
          <span>
            {group.members == null
              ? t('readBy', { count: group.read })
              : t('readByOf', { count: group.read, members: group.members })}
          </span>
        )}
        <span className="tabular">{clock(at, zone)}</span>
        {mine && <Ticks state={message.state} />}
      </Link>
    </div>
  );
}
