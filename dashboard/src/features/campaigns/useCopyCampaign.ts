import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import { showProblem } from '../../ui/showProblem';
import type { Campaign } from './campaign';
import { useRefreshCampaigns } from './useCampaignAct';

/** Makes a draft with the same words, senders and pace, for other people and another time, and opens it. */
export function useCopyCampaign(campaign: Campaign): () => Promise<void> {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const refresh = useRefreshCampaigns();
  const { name, content, session_ids, pool_id, kind, check_number, pace } = campaign;
  const senders = pool_id ? { pool_id } : { session_ids };
  return async () => {
    const body = {
      name: t('copyOf', { name }),
      content,
      kind,
      check_number,
      ...senders,
      pace: { ...pace, finish_by: null },
    };
    const { data, error } = await api.POST('/api/v1/campaigns', { body });
    if (!data) return showProblem(error);
    void refresh();
    void navigate(`/campaigns/${data.id}/edit`);
  };
}
