import { Select, SimpleGrid } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import { FilterBar } from '../../ui/FilterBar';
import { FilterInput } from '../../ui/FilterInput';
import { TimeInput } from '../../ui/TimeInput';
import SessionSelect from '../sessions/SessionSelect';
import { STATES } from './tones';
import type { useFilters } from './useFilters';

type Props = ReturnType<typeof useFilters>;

const RARE = ['direction', 'class', 'campaign', 'code', 'from', 'to'] as const;

/** Everything that messages can be filtered by; what is rarely needed stands behind "more". */
export function Filters({ filters, set, clear }: Props) {
  const { t } = useTranslation('messages');
  return (
    <FilterBar
      filters={filters}
      clear={clear}
      rare={{ names: RARE, inputs: () => <Rare filters={filters} set={set} /> }}
    >
      <FilterInput
        label={t('filter.text')}
        value={filters.text}
        shortest={2}
        onChange={(text) => set({ text })}
        leftSection={<IconSearch size={16} />}
      />
      <FilterInput label={t('filter.phone')} value={filters.phone} onChange={(phone) => set({ phone })} />
      <Select
        label={t('filter.state')}
        clearable
        w={{ base: '100%', xs: 160 }}
        data={STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={filters.state ?? null}
        onChange={(state) => set({ state })}
      />
      <SessionSelect
        label={t('filter.session')}
        clearable
        w={{ base: '100%', xs: 200 }}
        value={filters.session ?? null}
        onChange={(session) => set({ session })}
      />
    </FilterBar>
  );
}

function Rare({ filters, set }: Pick<Props, 'filters' | 'set'>) {
  const { t } = useTranslation('messages');
  const { data } = $api.useQuery('get', '/api/v1/campaigns', { params: { query: { limit: 200 } } });
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 6 }} spacing="xs" mt="xs">
      <Select
        label={t('filter.direction')}
        clearable
        data={(['outbound', 'inbound'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))}
        value={filters.direction ?? null}
        onChange={(direction) => set({ direction })}
      />
      <Select
        label={t('filter.class')}
        clearable
        data={(['transactional', 'bulk'] as const).map((value) => ({ value, label: t(`class.${value}`) }))}
        value={filters.class ?? null}
        onChange={(value) => set({ class: value })}
      />
      <Select
        label={t('filter.campaign')}
        clearable
        searchable
        data={data?.items.map((campaign) => ({ value: campaign.id, label: campaign.name })) ?? []}
        value={filters.campaign ?? null}
        onChange={(campaign) => set({ campaign })}
      />
      <FilterInput label={t('filter.code')} w="100%" value={filters.code} onChange={(code) => set({ code })} />
      <TimeInput label={t('filter.from')} value={filters.from ?? null} onChange={(from) => set({ from })} />
      <TimeInput label={t('filter.to')} value={filters.to ?? null} onChange={(to) => set({ to })} />
    </SimpleGrid>
  );
}
