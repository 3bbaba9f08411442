import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useZone } from '../../time/useZone';
import { ToneShape } from '../../ui/StatusBadge';
import { HEALTHS, toneOfHealth } from '../sessions/tones';
import classes from './Overview.module.css';
import { Nothing } from './Section';
import type { Overview } from './useOverview';

/** Count of numbers by health; each links to its list. */
export function NumberHealth({ sessions }: { sessions: Overview['sessions'] | undefined }) {
  const { t } = useTranslation('home');
  const { language } = useZone();
  if (sessions?.length === 0) {
    return (
      <Nothing to="/sessions?new" action={t('reach.newNumber')}>
        {t('reach.noNumber')}
      </Nothing>
    );
  }
  const kinds = HEALTHS.map((health) => ({
    health,
    tone: toneOfHealth(health),
    count: (sessions ?? []).reduce((sum, each) => sum + (each.health === health ? each.sessions : 0), 0),
  })).filter(({ count }) => count > 0);
  return (
    <>
      <div className={classes.share} aria-hidden="true">
        {kinds.map(({ health, tone, count }) => (
          <span key={health} data-tone={tone} style={{ flexGrow: count }} />
        ))}
      </div>
      <ul className={classes.rows}>
        {kinds.map(({ health, tone, count }) => (
          <li key={health}>
            <Link to={`/sessions?health=${health}`} className={classes.line}>
              <ToneShape tone={tone} />
              <span>{t(`health.${health}`)}</span>
              <b className="tabular">{new Intl.NumberFormat(language).format(count)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
