import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { type Campaign, one } from './campaign';
import { useRefreshCampaigns } from './useCampaignAct';

/** Resumes a campaign after its deadline; asks first. */
export default function ResumeLate({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) {
  const { t } = useTranslation('campaigns');
  const refresh = useRefreshCampaigns();
  const resume = async () => {
    const params = { ...one(campaign.id).params, query: { accept_late: true } };
    const { error } = await api.POST('/api/v1/campaigns/{id}/resume', { params });
    if (error) throw error;
    await refresh();
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('resumeLate.title', { name: campaign.name })}
      impact={[]}
      confirm={t('act.resume')}
      onConfirm={resume}
    >
      {t('resumeLate.detail')}
    </ConfirmImpact>
  );
}
