import { Button, Select } from '@mantine/core';
import { IconBan, IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { FilterBar } from '../../ui/FilterBar';
import { FilterInput } from '../../ui/FilterInput';
import { NoneFits } from '../../ui/NoneFits';
import { PageHeader } from '../../ui/PageHeader';
import { StatusBadge, type Tone } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { usePaged } from '../../ui/usePaged';
import { Allow } from './Allow';
import { Sections } from './Sections';
import { keyOf, shownAs } from './who';

type Suppression = Model<'SuppressionView'>;

const SuppressForm = lazy(() => import('./SuppressForm'));
const TONES: Record<string, Tone> = { opt_out: 'bad', manual: 'warn', not_on_whatsapp: 'off' };

/** The suppression list. */
export default function SuppressionsScreen() {
  const { t } = useTranslation('contacts');
  const [search, setSearch] = useSearchParams();
  const [allowing, setAllowing] = useState<Suppression>();
  const bar = useSuppressionFilters();
  const list = usePaged<Suppression>(['get', '/api/v1/suppressions', bar.filters], (cursor, signal) =>
    api.GET('/api/v1/suppressions', {
      params: {
        query: { ...bar.filters, reason: bar.filters.reason as Model<'SuppressionReason'> | undefined, cursor },
      },
      signal,
    }),
  );
  const add = (
    <Button component={Link} to="/contacts/suppressions?new" leftSection={<IconPlus size={16} />}>
      {t('suppress.open')}
    </Button>
  );
  return (
    <>
      <PageHeader title={t('section.suppressions')} subtitle={t('suppress.subtitle')} actions={add} />
      <Sections />
      <DataList
        label={t('section.suppressions')}
        list={list}
        columns={useColumns(setAllowing)}
        rowKey={keyOf}
        filters={<Filters {...bar} />}
        empty={
          bar.any ? (
            <NoneFits clear={bar.clear} />
          ) : (
            <EmptyState icon={<IconBan size={26} />} title={t('suppress.emptyTitle')} action={add}>
              {t('suppress.emptyDetail')}
            </EmptyState>
          )
        }
      />
      {allowing && <Allow phone={keyOf(allowing)} reason={allowing.reason} onClose={() => setAllowing(undefined)} />}
      <Suspense>
        {search.has('new') && <SuppressForm phone={search.get('phone') ?? ''} onClose={() => setSearch({})} />}
      </Suspense>
    </>
  );
}

const FILTERS = ['phone', 'reason'] as const;

/** In `?new&phone=+62...` the number is one to be added. */
function useSuppressionFilters() {
  const [search] = useSearchParams();
  const of = useAddressFilters(FILTERS);
  return search.has('new') ? { ...of, filters: {}, any: false } : of;
}

function Filters({ filters, set, clear }: ReturnType<typeof useSuppressionFilters>) {
  const { t } = useTranslation('contacts');
  return (
    <FilterBar filters={filters} clear={clear}>
      <FilterInput label={t('field.phone')} value={filters.phone} onChange={(phone) => set({ phone })} />
      <Select
        label={t('suppress.reason')}
        clearable
        w={{ base: '100%', xs: 200 }}
        data={Object.keys(TONES).map((value) => ({ value, label: t(`reason.${value}`) }))}
        value={filters.reason ?? null}
        onChange={(reason) => set({ reason })}
      />
    </FilterBar>
  );
}

function useColumns(onAllow: (suppression: Suppression) => void): Column<Suppression>[] {
  const { t } = useTranslation('contacts');
  return [
    { key: 'phone', header: t('field.phone'), render: (row) => <span className="tabular">{shownAs(row)}</span> },
    {
      key: 'reason',
      header: t('suppress.reason'),
      render: ({ reason }) => (
        <StatusBadge tone={TONES[reason] ?? 'warn'} label={t(`reason.${reason}`, { defaultValue: reason })} />
      ),
    },
    {
      key: 'detail',
      header: t('suppress.detail'),
      width: 'minmax(0, 2fr)',
      render: ({ detail }) => detail ?? '–',
    },
    { key: 'at', header: t('suppress.since'), render: ({ created_at }) => <Time at={created_at} /> },
    {
      key: 'act',
      header: t('field.actions'),
      width: '170px',
      align: 'right',
      render: (suppression) => (
        <Button size="compact-sm" variant="default" onClick={() => onAllow(suppression)}>
          {t('allow.submit')}
        </Button>
      ),
    },
  ];
}
