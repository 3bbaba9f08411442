import { useTranslation } from 'react-i18next';
import { useHints } from '../../live/LiveProvider';
import { LiveMark } from '../../ui/LiveMark';
import { PageHeader } from '../../ui/PageHeader';
import { useSearch } from '../../ui/useSearch';
import { ConversationList } from './ConversationList';
import classes from './InboxScreen.module.css';
import { NoneChosen } from './NoneChosen';
import { Thread } from './Thread';

/** Conversation list and chat: two panes, on a phone one of them. The open chat is kept in the address. */
export default function InboxScreen() {
  const { t } = useTranslation('inbox');
  const { search, change } = useSearch();
  const live = useHints(['message', 'conversation'], '/api/v1/conversations');
  const chosen = search.get('chat');
  const open = (chat: string | null) => change({ chat });
  return (
    <div className={classes.screen}>
      <PageHeader title={t('title')} badges={<LiveMark state={live} />} />
      <div className={classes.panes} data-open={chosen !== null}>
        <ConversationList chosen={chosen} onOpen={open} />
        <div className={classes.thread}>
          {chosen ? <Thread key={chosen} id={chosen} onClose={() => open(null)} /> : <NoneChosen />}
        </div>
      </div>
    </div>
  );
}
