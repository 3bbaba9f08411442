import { Select } from '@mantine/core';
import { IconSearch, IconStack2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { operations } from '../../api/schema';
import type { Model } from '../../api/types';
import { Reason } from '../../components/Reason';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { FilterBar } from '../../ui/FilterBar';
import { FilterChips } from '../../ui/FilterChips';
import { FilterInput } from '../../ui/FilterInput';
import { Time } from '../../ui/Time';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { useOpenRow } from '../../ui/useOpenRow';
import { usePaged } from '../../ui/usePaged';
import { JobDrawer } from './JobDrawer';
import { JOB_STATES, JobState } from './JobState';

type Job = Model<'JobView'>;
type Query = NonNullable<operations['list_all_jobs']['parameters']['query']>;
/** Filters that are only set by links; their values are ids and codes. */
const BY_LINK = ['organization', 'session', 'campaign', 'error'] as const;
const NAMES = ['state', 'kind', 'recipient', 'id', ...BY_LINK] as const;
const KINDS = [
  'send_message',
  'resolve_message',
  'process_inbound',
  'sync_session',
  'restart_session',
  'logout_session',
  'move_session',
  'check_account',
  'recover_events',
  'check_numbers',
  'resolve_lids',
  'run_import',
  'prepare_media',
] as const satisfies readonly Model<'JobKind'>[];
const AN_ID = /^(job|msg)_/;

/** Jobs of all organizations; the open one is kept in the address. */
export default function Jobs() {
  const { t } = useTranslation('operations');
  const { open, href, close } = useOpenRow('job');
  const bar = useAddressFilters(NAMES);
  const filters = bar.filters as Query;
  const list = usePaged<Job>(['get', '/api/v1/operator/jobs', filters], (cursor, signal) =>
    api.GET('/api/v1/operator/jobs', { params: { query: { ...filters, cursor } }, signal }),
  );
  return (
    <>
      <DataList
        label={t('tab.jobs')}
        list={list}
        columns={useColumns()}
        rowKey={(job) => job.id}
        href={(job) => href(job.id)}
        filters={<Filters {...bar} />}
        empty={
          <EmptyState icon={<IconStack2 size={26} />} title={t('jobs.empty')}>
            {t('jobs.emptyDetail')}
          </EmptyState>
        }
      />
      {open && <JobDrawer id={open} known={list.rows.find((job) => job.id === open)} onClose={close} />}
    </>
  );
}

function Filters({ filters, set, clear }: ReturnType<typeof useAddressFilters<(typeof NAMES)[number]>>) {
  const { t } = useTranslation('operations');
  const chips = BY_LINK.flatMap((name) =>
    filters[name] ? [{ name, label: `${t(`jobs.by.${name}`)} ${filters[name]}` }] : [],
  );
  return (
    <FilterBar filters={filters} clear={clear}>
      <Select
        label={t('jobs.state')}
        placeholder={t('jobs.anyState')}
        clearable
        w={{ base: '100%', xs: 160 }}
        value={filters.state ?? null}
        data={JOB_STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(state) => set({ state })}
      />
      <Select
        label={t('jobs.kind')}
        placeholder={t('jobs.anyKind')}
        clearable
        w={{ base: '100%', xs: 260 }}
        value={filters.kind ?? null}
        data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(kind) => set({ kind })}
      />
      <FilterInput
        label={t('jobs.find')}
        w={{ base: '100%', xs: 300 }}
        leftSection={<IconSearch size={16} />}
        value={filters.id ?? filters.recipient}
        onChange={(text) =>
          AN_ID.test(text ?? '') ? set({ id: text, recipient: null }) : set({ id: null, recipient: text })
        }
      />
      <FilterChips chips={chips} onRemove={(name) => set({ [name]: null })} />
    </FilterBar>
  );
}

function useColumns(): Column<Job>[] {
  const { t } = useTranslation('operations');
  return [
    { key: 'kind', header: t('jobs.kind'), render: (job) => t(`kind.${job.kind}`, { defaultValue: job.kind }) },
    { key: 'state', header: t('jobs.state'), render: (job) => <JobState state={job.state} /> },
    { key: 'to', header: t('jobs.to'), render: (job) => job.recipient ?? '–' },
    { key: 'code', header: t('jobs.code'), render: (job) => (job.code ? <Reason code={job.code} /> : '–') },
    { key: 'tries', header: t('jobs.attempts'), align: 'right', width: '80px', render: (job) => job.attempts ?? '–' },
    { key: 'due', header: t('jobs.due'), hideOnPhone: true, render: (job) => <Time at={job.run_at} /> },
    { key: 'at', header: t('jobs.created'), render: (job) => <Time at={job.created_at} /> },
  ];
}
