import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { showProblem } from '../../ui/showProblem';
import { type Campaign, one } from './campaign';

const PATHS = {
  pause: '/api/v1/campaigns/{id}/pause',
  resume: '/api/v1/campaigns/{id}/resume',
  unschedule: '/api/v1/campaigns/{id}/unschedule',
  cancel: '/api/v1/campaigns/{id}/cancel',
} as const;

export type CampaignAct = keyof typeof PATHS;

/** Everything that is shown of campaigns is asked again. */
export function useRefreshCampaigns(): () => Promise<void> {
  const client = useQueryClient();
  return () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/campaigns') });
}

/** Pauses, resumes, cancels; says what came of it. Throws only what `cancel` shows in its own question. */
export function useCampaignAct(campaign: Campaign): (act: CampaignAct) => Promise<boolean> {
  const { t } = useTranslation('campaigns');
  const refresh = useRefreshCampaigns();
  return async (act) => {
    const { error } = await api.POST(PATHS[act], one(campaign.id)).catch((error: unknown) => ({ error }));
    if (error && act === 'cancel') throw error;
    if (error) showProblem(error);
    else notifications.show({ message: t(`done.${act}`, { name: campaign.name }) });
    await refresh();
    return !error;
  };
}
