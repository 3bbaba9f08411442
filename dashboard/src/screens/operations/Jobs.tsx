import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconStack2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { type Column, DataList } from '../../components/DataList';
import { EmptyState } from '../../components/EmptyState';
import { StatusBadge, type Tone } from '../../components/StatusBadge';
import { Time } from '../../components/Time';
import { usePaged } from '../../components/usePaged';
import { JobDrawer } from './JobDrawer';

export type Job = Model<'JobView'>;
const STATES = ['pending', 'released', 'running', 'dead'] as const;
const TONES: Record<string, Tone> = { pending: 'wait', released: 'busy', running: 'busy', dead: 'bad', failed: 'bad' };

/** Everybody's jobs, by state, reason or number. */
export function Jobs() {
  const { t } = useTranslation('operations');
  const [search, setSearch] = useSearchParams();
  const [open, setOpen] = useState<Job>();
  const [typed, setTyped] = useState('');
  const [recipient] = useDebouncedValue(typed.trim(), 300);
  const state = search.get('state') ?? undefined;
  const error = search.get('error') ?? undefined;
  const filters = { state, error, recipient: recipient || undefined };
  const list = usePaged<Job>(['get', '/api/v1/operator/jobs', filters], (cursor, signal) =>
    api.GET('/api/v1/operator/jobs', { params: { query: { ...filters, cursor } }, signal }),
  );
  const bar = (
    <Group gap="xs" align="flex-end">
      <Select
        aria-label={t('jobs.state')}
        placeholder={t('jobs.anyState')}
        clearable
        value={state ?? null}
        data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(value) => setSearch(value ? { state: value } : {}, { replace: true })}
      />
      <TextInput
        aria-label={t('jobs.recipient')}
        placeholder={t('jobs.recipient')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </Group>
  );
  return (
    <>
      <DataList
        label={t('tab.jobs')}
        list={list}
        columns={useColumns(setOpen)}
        rowKey={(job) => job.id}
        filters={bar}
        empty={
          <EmptyState icon={<IconStack2 size={26} />} title={t('jobs.empty')}>
            {t('jobs.emptyDetail')}
          </EmptyState>
        }
      />
      {open && <JobDrawer job={open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function useColumns(open: (job: Job) => void): Column<Job>[] {
  const { t } = useTranslation('operations');
  return [
    { key: 'kind', header: t('jobs.kind'), render: (job) => <code>{job.kind}</code> },
    {
      key: 'state',
      header: t('jobs.state'),
      render: (job) => (
        <StatusBadge tone={TONES[job.state] ?? 'good'} label={t(`state.${job.state}`, { defaultValue: job.state })} />
      ),
    },
    { key: 'to', header: t('jobs.to'), render: (job) => job.recipient ?? '–' },
    { key: 'code', header: t('jobs.code'), render: (job) => (job.code ? <code>{job.code}</code> : '–') },
    { key: 'tries', header: t('jobs.attempts'), align: 'right', width: '80px', render: (job) => job.attempts ?? '–' },
    { key: 'at', header: t('jobs.created'), render: (job) => <Time at={job.created_at} /> },
    {
      key: 'act',
      header: t('jobs.story'),
      width: '110px',
      align: 'right',
      render: (job) => (
        <Button size="compact-sm" variant="default" onClick={() => open(job)}>
          {t('jobs.open')}
        </Button>
      ),
    },
  ];
}
