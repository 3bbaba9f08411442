import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { type Campaign, one, reached } from './campaign';
import { useCampaignAct, useRefreshCampaigns } from './useCampaignAct';

export type End = 'cancel' | 'delete';

interface Props {
  campaign: Campaign;
  how: End | undefined;
  onClose: () => void;
  onDone?: () => void;
}

/** Cancels a campaign or deletes a draft; says first who is affected. */
export default function EndCampaign({ campaign, how, onClose, onDone }: Props) {
  const { t } = useTranslation('campaigns');
  const act = useCampaignAct(campaign);
  const refresh = useRefreshCampaigns();
  const impact = useImpact(campaign, how);
  const end = async () => {
    if (how === 'cancel') await act('cancel');
    else {
      const { error } = await api.DELETE('/api/v1/campaigns/{id}', one(campaign.id));
      if (error) throw error;
      onDone?.();
      await refresh();
    }
  };
  const { name } = campaign;
  return (
    <ConfirmImpact
      opened={how !== undefined}
      onClose={onClose}
      title={how === 'delete' ? t('end.deleteTitle', { name }) : t('end.cancelTitle', { name })}
      impact={impact}
      confirm={how === 'delete' ? t('act.delete') : t('act.cancel')}
      onConfirm={end}
    >
      {how === 'delete' ? t('end.deleteDetail') : t('end.cancelDetail')}
    </ConfirmImpact>
  );
}

function useImpact(campaign: Campaign, how: End | undefined): string[] | undefined {
  const { t } = useTranslation('campaigns');
  const { data } = $api.useQuery('get', '/api/v1/campaigns/{id}/progress', one(campaign.id), {
    enabled: how === 'cancel',
  });
  if (how === 'delete') return [t('end.people', { count: campaign.total })];
  if (!data) return undefined;
  const { done, sent } = reached(data);
  return [t('end.unsent', { count: data.total - done }), t('end.sent', { count: sent })];
}
