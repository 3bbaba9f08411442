import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { ConfirmBatch } from '../../../ui/ConfirmBatch';
import type { Campaign } from '../campaign';

interface Props {
  campaign: Campaign;
  item: Model<'CampaignErrorView'>;
  onClose: () => void;
}

/** Puts the messages of a campaign that failed for one reason back to work. */
export default function RetryErrors({ campaign, item, onClose }: Props) {
  const { t } = useTranslation('campaigns');
  return (
    <ConfirmBatch
      title={t('errors.retryTitle')}
      confirm={t('errors.retryConfirm')}
      ask={(preview) =>
        api.POST('/api/v1/messages/retry', {
          body: { campaign_id: campaign.id, state: item.state, code: item.code, preview },
        })
      }
      impact={(count) => [t('errors.retryImpact', { count })]}
      done={(count) => t('errors.retried', { count })}
      changes="/api/v1/campaigns"
      onClose={onClose}
    >
      {t('errors.retryDetail')}
    </ConfirmBatch>
  );
}
