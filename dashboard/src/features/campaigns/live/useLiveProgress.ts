import { useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { $api } from '../../../api/client';
import { readsFar } from '../../../live/readsFar';
import { type LiveState, useLive } from '../../../live/useLive';
import { type Campaign, type CampaignProgress, isOpen, one } from '../campaign';

/** The table and the errors follow at most this often, so that the page does not twitch. */
const FOLLOW_MS = 3000;

/** Live progress of the campaign; refetches the rest of the page when something changed. */
export function useLiveProgress(campaign: Campaign): { live: LiveState; progress: CampaignProgress | undefined } {
  const client = useQueryClient();
  const { data: progress } = $api.useQuery('get', '/api/v1/campaigns/{id}/progress', one(campaign.id));
  const { queryKey } = $api.queryOptions('get', '/api/v1/campaigns/{id}/progress', one(campaign.id));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const follow = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({
        queryKey: ['get', '/api/v1/campaigns/{id}/recipients'],
        predicate: ({ state }) => !readsFar(state.data),
      });
    }, FOLLOW_MS);
  };
  const live = useLive(`/api/v1/campaigns/${campaign.id}/progress/stream`, {
    enabled: isOpen(campaign.state),
    onEvent: ({ event, data }) => {
      if (event !== 'progress') return;
      const told = JSON.parse(data) as CampaignProgress;
      client.setQueryData(queryKey, told);
      if (told.state !== campaign.state) {
        void client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns/{id}', one(campaign.id)] });
        void client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns/{id}/forecast'] });
      }
      follow();
    },
    onPoll: () => {
      void client.invalidateQueries({ queryKey });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/campaigns/{id}', one(campaign.id)] });
      follow();
    },
  });
  return { live, progress };
}
