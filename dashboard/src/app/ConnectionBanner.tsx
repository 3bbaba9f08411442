import { IconPlugConnectedX } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection';
import classes from './ConnectionBanner.module.css';

/** Shown while the server does not answer. */
export function ConnectionBanner() {
  const { t } = useTranslation('common');
  const away = useSyncExternalStore(connection.subscribe, connection.isAway);
  return (
    <div role="status" className={classes.place}>
      {away && (
        <div className={classes.banner}>
          <IconPlugConnectedX size={18} aria-hidden="true" /> {t('banner.away')}
        </div>
      )}
    </div>
  );
}
