import { useQueryClient } from '@tanstack/react-query';
import { createContext, type RefObject, useContext } from 'react';
import { $api, api } from '../../../api/client';
import { asFault } from '../../../api/problem';
import type { Model } from '../../../api/types';
import { type Campaign, one } from '../campaign';

/** What the open step was made from, and what is said when somebody else saved meanwhile. */
export interface DraftBase {
  version: RefObject<number>;
  conflict: (problem: unknown) => void;
}

export const DraftBaseContext = createContext<DraftBase | undefined>(undefined);

/** Whether a save was refused because somebody else saved before. */
export const isConflict = (problem: unknown) => asFault(problem).code === 'edited_meanwhile';

/**
 * Changes the campaign, unless somebody else did since the step was opened; whatever stands on screen of it follows. Throws
 * the problem.
 */
export function useSaveDraft(campaign: Campaign): (change: Model<'ChangeCampaign'>) => Promise<Campaign> {
  const client = useQueryClient();
  const base = useContext(DraftBaseContext);
  return async (change) => {
    const version = base?.version.current ?? campaign.version;
    const params = { ...one(campaign.id).params, header: { 'If-Match': `"${version}"` } };
    const { data, error } = await api.PATCH('/api/v1/campaigns/{id}', { params, body: change });
    if (error) {
      if (isConflict(error)) base?.conflict(error);
      throw error;
    }
    if (base) base.version.current = data.version;
    client.setQueryData($api.queryOptions('get', '/api/v1/campaigns/{id}', one(campaign.id)).queryKey, data);
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns/{id}/forecast'] });
    void client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns'] });
    return data;
  };
}
