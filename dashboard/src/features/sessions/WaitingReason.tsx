import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { brief } from '../../time/format';
import { useZone } from '../../time/useZone';

/** Why a lane, a campaign or a message waits, and until when. */
export function WaitingReason({ waiting }: { waiting: Model<'WaitingView'> }) {
  const { t } = useTranslation('common');
  const zone = useZone();
  const reason = t(`waiting.${waiting.for}`, { defaultValue: waiting.for });
  if (!waiting.until) return <>{reason}</>;
  return <>{t('waitingUntil', { reason, until: brief(new Date(waiting.until), zone) })}</>;
}
