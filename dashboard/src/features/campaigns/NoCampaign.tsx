import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';

/** In the place of a campaign that cannot be shown: why, and the way back. */
export function NoCampaign({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <>
      <PageHeader title={t('one')} back={{ to: '/campaigns', label: t('title') }} />
      <ProblemAlert error={error} onRetry={onRetry} />
    </>
  );
}
