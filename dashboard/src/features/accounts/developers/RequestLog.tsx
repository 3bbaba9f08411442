import { Select } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../../api/client';
import type { operations } from '../../../api/schema';
import type { Model } from '../../../api/types';
import { type Column, DataList } from '../../../ui/DataList';
import { EmptyState } from '../../../ui/EmptyState';
import { FilterBar } from '../../../ui/FilterBar';
import { FilterInput } from '../../../ui/FilterInput';
import { NoneFits } from '../../../ui/NoneFits';
import { StatusBadge } from '../../../ui/StatusBadge';
import { Time } from '../../../ui/Time';
import { useAddressFilters } from '../../../ui/useAddressFilters';
import { useOpenRow } from '../../../ui/useOpenRow';
import { usePaged } from '../../../ui/usePaged';
import { RequestDrawer } from './RequestDrawer';
import { statusTone } from './requests';

type Request = Model<'RequestView'>;
type Query = NonNullable<operations['list_requests']['parameters']['query']>;
type Filter = Exclude<keyof Query, 'limit' | 'cursor' | 'from'>;

const NAMES = ['status', 'method', 'path', 'api_key_id', 'error_code', 'request_id'] as const satisfies Filter[];
const STATUSES = ['2xx', '4xx', '5xx'] as const;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Request log of programs and members; the open request is kept in the address. */
export default function RequestLog() {
  const { t } = useTranslation('developers');
  const { open, href, close } = useOpenRow('request');
  const bar = useAddressFilters(NAMES);
  const filters = bar.filters as Query;
  const list = usePaged<Request>(['get', '/api/v1/request-log', filters], (cursor, signal) =>
    api.GET('/api/v1/request-log', { params: { query: { ...filters, cursor } }, signal }),
  );
  return (
    <>
      <DataList
        label={t('tab.log')}
        list={list}
        columns={useColumns()}
        rowKey={(request) => `${request.at} ${request.request_id}`}
        href={(request) => href(request.request_id)}
        filters={<Filters {...bar} />}
        empty={
          bar.any ? (
            <NoneFits clear={bar.clear} />
          ) : (
            <EmptyState icon={<IconListDetails size={26} />} title={t('log.empty')}>
              {t('log.emptyDetail')}
            </EmptyState>
          )
        }
      />
      {open && <RequestDrawer id={open} onClose={close} />}
    </>
  );
}

function Filters({ filters, set, clear }: ReturnType<typeof useAddressFilters<(typeof NAMES)[number]>>) {
  const { t } = useTranslation('developers');
  const keys = $api.useQuery('get', '/api/v1/user/api-keys', { params: { query: { limit: 200 } } });
  return (
    <FilterBar filters={filters} clear={clear}>
      <Select
        label={t('log.status')}
        placeholder={t('log.any')}
        clearable
        w={{ base: 'calc(50% - 5px)', xs: 170 }}
        data={STATUSES.map((value) => ({ value, label: t(`log.class.${value}`) }))}
        value={filters.status ?? null}
        onChange={(status) => set({ status })}
      />
      <Select
        label={t('log.method')}
        placeholder={t('log.any')}
        clearable
        w={{ base: 'calc(50% - 5px)', xs: 120 }}
        data={METHODS}
        value={filters.method ?? null}
        onChange={(method) => set({ method })}
      />
      <FilterInput
        label={t('log.path')}
        placeholder="/api/v1/messages"
        w={{ base: 'calc(50% - 5px)', xs: 220 }}
        value={filters.path}
        onChange={(path) => set({ path })}
      />
      <Select
        label={t('log.key')}
        placeholder={t('log.any')}
        clearable
        w={{ base: 'calc(50% - 5px)', xs: 180 }}
        data={keys.data?.items.map((key) => ({ value: key.id, label: key.name })) ?? []}
        value={filters.api_key_id ?? null}
        onChange={(api_key_id) => set({ api_key_id })}
      />
      <FilterInput
        label={t('log.code')}
        w={{ base: 'calc(50% - 5px)', xs: 180 }}
        value={filters.error_code}
        onChange={(error_code) => set({ error_code })}
      />
      <FilterInput
        label={t('log.id')}
        w={{ base: 'calc(50% - 5px)', xs: 180 }}
        value={filters.request_id}
        onChange={(request_id) => set({ request_id })}
      />
    </FilterBar>
  );
}

function useColumns(): Column<Request>[] {
  const { t } = useTranslation('developers');
  return [
    {
      key: 'request',
      header: t('log.request'),
      width: 'minmax(0, 2.4fr)',
      render: (request) => (
        <code>
          {request.method} {request.path}
        </code>
      ),
    },
    {
      key: 'status',
      header: t('log.status'),
      width: '90px',
      render: ({ status }) => <StatusBadge tone={statusTone(status)} label={String(status)} />,
    },
    {
      key: 'code',
      header: t('log.code'),
      width: 'minmax(0, 1.1fr)',
      render: ({ error_code }) => (error_code ? <code>{error_code}</code> : '–'),
    },
    {
      key: 'ms',
      header: t('log.took'),
      width: '80px',
      align: 'right',
      render: ({ duration_ms }) => t('log.ms', { ms: duration_ms }),
    },
    { key: 'who', header: t('log.caller'), width: 'minmax(0, 1.1fr)', render: ({ caller }) => caller },
    { key: 'at', header: t('log.at'), width: '140px', render: ({ at }) => <Time at={at} /> },
  ];
}
