import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api } from '../../../api/client';
import type { Tone } from '../../../components/StatusBadge';
import { type Campaign, one } from '../campaign';
import { useForecast } from '../ForecastPanel';
import { contentOf, valuesOf } from './content';
import type { Step } from './StepList';
import { addPeople } from './upload';

export interface Finding {
  tone: Tone;
  text: string;
  /** Where it can be mended. */
  step: Step;
  /** Until it is mended nothing can be launched. */
  blocks?: boolean;
}

/** So many people are tried with the text. */
export const TRIED = 200;

/** All that speaks against launching, or for looking again; undefined while it is being found out. */
export function useFindings(campaign: Campaign): Finding[] | undefined {
  const { t } = useTranslation('campaigns');
  const people = usePeopleCheck(campaign);
  const senders = useSenders(campaign);
  const forecast = useForecast(campaign);
  if (people.isPending || senders === undefined || forecast.isPending) return undefined;

  const found: (Finding | false | undefined)[] = [
    campaign.total === 0 && { tone: 'bad', text: t('check.nobody'), step: 'audience', blocks: true },
    !contentOf(valuesOf(campaign.content)) && {
      tone: 'bad',
      text: t('check.noMessage'),
      step: 'message',
      blocks: true,
    },
    people.data &&
      people.data.lacking > 0 && {
        tone: 'bad',
        text: t('check.lacking', { count: people.data.lacking, tried: people.data.tried, names: people.data.names }),
        step: 'message',
      },
    campaign.rejected > 0 && { tone: 'wait', text: t('check.refused', { count: campaign.rejected }), step: 'audience' },
    senders.length === 0 && { tone: 'bad', text: t('check.noSender'), step: 'senders', blocks: true },
    ...senders
      .filter((each) => each.health.state !== 'healthy')
      .map((each): Finding => {
        const health = t(`health.${each.health.state}`);
        return { tone: 'warn', text: t('check.sender', { name: each.name, health }), step: 'senders' };
      }),
    forecast.data?.finish === null && campaign.total > 0 && { tone: 'bad', text: t('check.never'), step: 'senders' },
    forecast.data?.finishes_before_deadline === false && { tone: 'warn', text: t('check.late'), step: 'pace' },
  ];
  return found.filter((each): each is Finding => Boolean(each));
}

function useSenders({ session_ids }: Campaign) {
  return useQueries({
    queries: session_ids.map((id) => $api.queryOptions('get', '/api/v1/sessions/{id}', one(id))),
    combine: (results) =>
      results.some((result) => result.isPending) ? undefined : results.flatMap((result) => result.data ?? []),
  });
}

/** Tries the text with the first people of the list; see `useSamples` for why under other numbers. */
function usePeopleCheck(campaign: Campaign) {
  const params = { path: { id: campaign.id }, query: { limit: TRIED } };
  const people = $api.useQuery('get', '/api/v1/campaigns/{id}/recipients', { params });
  return useQuery({
    queryKey: ['lacking', campaign.id, campaign.updated_at, people.data?.items.length],
    enabled: people.data !== undefined,
    queryFn: async ({ signal }) => {
      const rows = people.data?.items ?? [];
      if (rows.length === 0) return { tried: 0, lacking: 0, names: '' };
      const contacts = rows.map(({ name, phone, variables }, index) => ({
        phone: `+6281100${String(index).padStart(6, '0')}`,
        name,
        variables: { phone: phone.slice(1), ...variables },
      }));
      const { by_code, rejects } = await addPeople(campaign.id, { contacts }, true, signal);
      const columns = rejects.filter((each) => each.code === 'missing_variable').flatMap((each) => each.column ?? []);
      return { tried: rows.length, lacking: by_code.missing_variable ?? 0, names: [...new Set(columns)].join(', ') };
    },
  });
}
