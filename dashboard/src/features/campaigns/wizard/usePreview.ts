import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import type { Campaign } from '../campaign';

/** How many people the preview covers. */
const PEOPLE = 50;
const PATH = '/api/v1/campaigns/{id}/preview';

/** What the first people will read, word for word, of the campaign as it was saved last; `wording` 0 is what is sent. */
export function usePreview(campaign: Campaign, wording: number) {
  return useQuery({
    queryKey: ['get', PATH, campaign.id, wording, campaign.updated_at],
    queryFn: async ({ signal }) => {
      const params = { path: { id: campaign.id }, query: { limit: PEOPLE, wording } };
      const { data, error } = await api.GET(PATH, { params, signal });
      if (!data) throw error;
      return data;
    },
    placeholderData: (before) => before,
  });
}
