import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../../api/types';

/** What is being done about a session that is not well, or what its owner has to do; `fine` where there is nothing. */
export function Remedy({ health, fine = null }: { health: Session['health']; fine?: ReactNode }) {
  const { t } = useTranslation('remedies');
  const { state, reason, remedy } = health;
  if (!remedy) return fine;
  // The API's own words, in English, are for reasons that came after these texts.
  const ofState = t(`for.${state}.other`, { defaultValue: remedy });
  const ofReason = t(`for.any.${reason}`, { defaultValue: ofState });
  return <>{t(`for.${state}.${reason}`, { defaultValue: ofReason })}</>;
}
