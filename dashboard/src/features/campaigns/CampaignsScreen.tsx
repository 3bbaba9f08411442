import { Button, Group, Select } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../api/client';
import { useHints } from '../../live/LiveProvider';
import type { Column } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { ListScreen } from '../../ui/ListScreen';
import { NoneFits } from '../../ui/NoneFits';
import { StatusBadge } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { usePaged } from '../../ui/usePaged';
import { CAMPAIGN_STATES, type Campaign, campaignTone } from './campaign';
import { EndCell, ProgressCell, RateCell } from './cells';

const CampaignMenu = lazy(() => import('./CampaignMenu').then(({ CampaignMenu }) => ({ default: CampaignMenu })));

export default function CampaignsScreen() {
  const { t } = useTranslation('campaigns');
  const bar = useAddressFilters(['state']);
  const state = CAMPAIGN_STATES.find((each) => each === bar.filters.state);
  const live = useHints(['campaign'], '/api/v1/campaigns');
  const list = usePaged<Campaign>(['get', '/api/v1/campaigns', { state }], (cursor, signal) =>
    api.GET('/api/v1/campaigns', { params: { query: { state, cursor } }, signal }),
  );
  const create = (
    <Button component={Link} to="/campaigns/new" leftSection={<IconPlus size={17} />}>
      {t('new.title')}
    </Button>
  );
  return (
    <ListScreen
      title={t('title')}
      subtitle={t('subtitle')}
      live={live}
      actions={create}
      list={list}
      columns={useColumns()}
      rowKey={(campaign) => campaign.id}
      href={({ id, state }) => (state === 'draft' ? `/campaigns/${id}/edit` : `/campaigns/${id}`)}
      filters={
        (bar.any || list.rows.length > 0) && (
          <StateFilter value={state} onChange={(value) => bar.set({ state: value })} />
        )
      }
      empty={
        bar.any ? (
          <NoneFits clear={bar.clear} />
        ) : (
          <EmptyState icon={<IconSpeakerphone size={26} />} title={t('empty.title')} action={create}>
            {t('empty.detail')}
          </EmptyState>
        )
      }
    />
  );
}

function StateFilter({ value, onChange }: { value?: string; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Group justify="flex-end">
      <Select
        size="xs"
        w={190}
        aria-label={t('filter.state')}
        placeholder={t('filter.all')}
        clearable
        data={CAMPAIGN_STATES.map((state) => ({ value: state, label: t(`state.${state}`) }))}
        value={value ?? null}
        onChange={onChange}
      />
    </Group>
  );
}

function useColumns(): Column<Campaign>[] {
  const { t } = useTranslation('campaigns');
  return [
    { key: 'name', header: t('column.name'), width: 'minmax(140px, 1.5fr)', render: (campaign) => campaign.name },
    {
      key: 'state',
      header: t('column.state'),
      width: '130px',
      render: ({ state }) => <StatusBadge tone={campaignTone(state)} label={t(`state.${state}`)} />,
    },
    {
      key: 'progress',
      header: t('column.progress'),
      width: 'minmax(150px, 1.4fr)',
      render: (campaign) => <ProgressCell campaign={campaign} />,
    },
    {
      key: 'rate',
      header: t('column.rate'),
      width: '100px',
      align: 'right',
      hideOnPhone: true,
      render: (campaign) => <RateCell campaign={campaign} />,
    },
    {
      key: 'end',
      header: t('column.end'),
      width: 'minmax(160px, 1.5fr)',
      render: (campaign) => <EndCell campaign={campaign} />,
    },
    {
      key: 'created',
      header: t('column.created'),
      width: '130px',
      hideOnPhone: true,
      render: (campaign) => <Time at={campaign.created_at} />,
    },
    {
      key: 'act',
      header: t('column.actions'),
      width: '64px',
      align: 'right',
      render: (campaign) => (
        <Suspense>
          <CampaignMenu campaign={campaign} />
        </Suspense>
      ),
    },
  ];
}
