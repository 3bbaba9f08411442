import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/types';

/** The remedy for an unhealthy session, automatic or for its owner; `fine` if there is none. */
export function Remedy({ health, fine = null }: { health: Session['health']; fine?: ReactNode }) {
  const { t } = useTranslation('remedies');
  const { state, reason, remedy } = health;
  if (!remedy) return fine;
  // Reasons without a text of ours show the API's English one.
  const ofState = t(`for.${state}.other`, { defaultValue: remedy });
  const ofReason = t(`for.any.${reason}`, { defaultValue: ofState });
  return <>{t(`for.${state}.${reason}`, { defaultValue: ofReason })}</>;
}
