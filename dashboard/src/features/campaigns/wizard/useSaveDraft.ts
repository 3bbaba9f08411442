import { useQueryClient } from '@tanstack/react-query';
import { $api, api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { type Campaign, one } from '../campaign';

/** Changes the draft; whatever stands on screen of it follows. Throws the problem. */
export function useSaveDraft(campaign: Campaign): (change: Model<'ChangeCampaign'>) => Promise<Campaign> {
  const client = useQueryClient();
  return async (change) => {
    const { data, error } = await api.PATCH('/api/v1/campaigns/{id}', { ...one(campaign.id), body: change });
    if (error) throw error;
    client.setQueryData($api.queryOptions('get', '/api/v1/campaigns/{id}', one(campaign.id)).queryKey, data);
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns/{id}/forecast'] });
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns'] });
    return data;
  };
}
