import { Anchor, Select, Text } from '@mantine/core';
import { IconRoad } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api, api } from '../../api/client';
import type { operations } from '../../api/schema';
import type { Model } from '../../api/types';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { FilterBar } from '../../ui/FilterBar';
import { FilterChips } from '../../ui/FilterChips';
import { NoneFits } from '../../ui/NoneFits';
import { Time } from '../../ui/Time';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { usePaged } from '../../ui/usePaged';
import { WaitingReason } from '../sessions/WaitingReason';

type Lane = Model<'PageView_BusyLaneView'>['items'][number];
type Query = NonNullable<operations['list_lanes']['parameters']['query']>;

const BY_LINK = ['organization_id', 'session_id'] as const;
const NAMES = ['waiting_for', 'min_age_seconds', ...BY_LINK] as const;
const AGES = ['10', '60', '600', '3600'] as const;

/** Lanes of all organizations with waiting or running jobs: counts, reason, age. */
export default function Lanes() {
  const { t } = useTranslation('operations');
  const bar = useAddressFilters(NAMES);
  const { min_age_seconds, ...words } = bar.filters;
  const filters: Query = {
    ...(words as Query),
    min_age_seconds: min_age_seconds ? Number(min_age_seconds) : undefined,
  };
  const list = usePaged<Lane>(['get', '/api/v1/operator/lanes', filters], (cursor, signal) =>
    api.GET('/api/v1/operator/lanes', { params: { query: { ...filters, cursor } }, signal }),
  );
  return (
    <DataList
      label={t('tab.lanes')}
      list={list}
      columns={useColumns()}
      rowKey={(lane) => lane.session_id}
      href={(lane) => `/operations?tab=jobs&session=${lane.session_id}`}
      filters={<Filters {...bar} />}
      empty={
        bar.any ? (
          <NoneFits clear={bar.clear} />
        ) : (
          <EmptyState icon={<IconRoad size={26} />} title={t('lanes.empty')}>
            {t('lanes.emptyDetail')}
          </EmptyState>
        )
      }
    />
  );
}

function Filters({ filters, set, clear }: ReturnType<typeof useAddressFilters<(typeof NAMES)[number]>>) {
  const { t } = useTranslation('operations');
  const { organization_id, session_id } = filters;
  const query = { limit: 1, organization_id, session_id };
  const counted = $api.useQuery('get', '/api/v1/operator/lanes', { params: { query } });
  const reasons = Object.entries(counted.data?.by_reason ?? {}).sort(([, a], [, b]) => b - a);
  const chips = BY_LINK.flatMap((name) =>
    filters[name] ? [{ name, label: `${t(`lanes.by.${name}`)} ${filters[name]}` }] : [],
  );
  return (
    <FilterBar filters={filters} clear={clear}>
      <Select
        label={t('lanes.waiting')}
        placeholder={t('lanes.any')}
        clearable
        w={{ base: '100%', xs: 300 }}
        value={filters.waiting_for ?? null}
        onChange={(waiting_for) => set({ waiting_for })}
        data={reasons.map(([reason, count]) => ({
          value: reason,
          label: `${reason === 'nothing' ? t('lanes.nothing') : t(`common:waiting.${reason}`, { defaultValue: reason })} (${count})`,
        }))}
      />
      <Select
        label={t('lanes.age')}
        placeholder={t('lanes.any')}
        clearable
        w={{ base: '100%', xs: 170 }}
        value={filters.min_age_seconds ?? null}
        onChange={(min_age_seconds) => set({ min_age_seconds })}
        data={AGES.map((value) => ({ value, label: t(`lanes.older.${value}`) }))}
      />
      <FilterChips chips={chips} onRemove={(name) => set({ [name]: null })} />
    </FilterBar>
  );
}

function useColumns(): Column<Lane>[] {
  const { t } = useTranslation('operations');
  return [
    { key: 'session', header: t('lanes.session'), width: 'minmax(0, 1.3fr)', render: (lane) => lane.session_name },
    {
      key: 'organization',
      header: t('lanes.organization'),
      width: 'minmax(0, 1.3fr)',
      render: (lane) => (
        <Anchor component={Link} to={`/operations?tab=lanes&organization_id=${lane.organization_id}`} size="sm">
          {lane.organization_name}
        </Anchor>
      ),
    },
    {
      key: 'waiting',
      header: t('lanes.waiting'),
      width: 'minmax(0, 2fr)',
      render: ({ waiting }) => (
        <Text size="sm">{waiting ? <WaitingReason waiting={waiting} /> : t('lanes.nothing')}</Text>
      ),
    },
    { key: 'due', header: t('lanes.runnable'), width: '90px', align: 'right', render: (lane) => lane.runnable },
    { key: 'later', header: t('lanes.later'), width: '90px', align: 'right', render: (lane) => lane.later },
    { key: 'running', header: t('lanes.running'), width: '90px', align: 'right', render: (lane) => lane.running },
    { key: 'oldest', header: t('lanes.oldest'), width: '140px', render: (lane) => <Time at={lane.oldest_at} /> },
  ];
}
