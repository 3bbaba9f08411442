import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/types';
import { StatusBadge } from '../../ui/StatusBadge';
import { healthTone, statusTone } from './tones';

/** Last status that WAHA reported. */
export function SessionStatus({ status }: { status: Session['status'] }) {
  const { t } = useTranslation('sessions');
  return <StatusBadge tone={statusTone({ status })} label={t(`status.${status}`)} />;
}

/** Health of a session. */
export function SessionHealth({ health }: { health: Session['health'] }) {
  const { t } = useTranslation('sessions');
  return <StatusBadge tone={healthTone({ health })} label={t(`health.${health.state}`)} />;
}
