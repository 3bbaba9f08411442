import { Group, Select, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { Reason } from '../../../components/Reason';
import { useZone } from '../../../time/useZone';
import { type Column, DataList } from '../../../ui/DataList';
import { DownloadButton } from '../../../ui/DownloadButton';
import { EmptyState } from '../../../ui/EmptyState';
import { StatusBadge } from '../../../ui/StatusBadge';
import { Time } from '../../../ui/Time';
import { usePaged } from '../../../ui/usePaged';
import { stateTone } from '../../messages/tones';
import { type Campaign, type CampaignProgress, type MessageState, one } from '../campaign';

const RecipientDrawer = lazy(() => import('./RecipientDrawer'));

type Recipient = Model<'RecipientView'>;

const PAGE = 100;
const STATES: MessageState[] = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'played',
  'failed',
  'unknown',
  'expired',
  'cancelled',
];

/** Recipients of the campaign with the state of their message. */
export function Recipients({ campaign, progress }: { campaign: Campaign; progress: CampaignProgress | undefined }) {
  const { t } = useTranslation('campaigns');
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((each) => each === search.get('state'));
  const opened = search.get('message');
  const list = usePaged<Recipient>(
    ['get', '/api/v1/campaigns/{id}/recipients', { id: campaign.id, state }],
    (cursor, signal) =>
      api.GET('/api/v1/campaigns/{id}/recipients', {
        params: { path: { id: campaign.id }, query: { state, cursor, limit: PAGE } },
        signal,
      }),
  );
  const address = (changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(search);
    for (const [key, value] of Object.entries(changes)) value ? next.set(key, value) : next.delete(key);
    return next;
  };
  const person = list.rows.find((row) => row.id === opened);
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('recipients.title')}</Title>
        <Group gap="xs">
          <StateFilter
            progress={progress}
            value={state}
            onChange={(value) => setSearch(address({ state: value ?? undefined }), { replace: true })}
          />
          <DownloadButton
            size="xs"
            label={t('recipients.export')}
            filename={`${campaign.name}.csv`}
            fetchFile={() => api.GET('/api/v1/campaigns/{id}/export', { ...one(campaign.id), parseAs: 'blob' })}
          />
          <DownloadButton
            size="xs"
            label={t('recipients.exportXlsx')}
            filename={`${campaign.name}.xlsx`}
            fetchFile={() =>
              api.GET('/api/v1/campaigns/{id}/export', {
                params: { path: { id: campaign.id }, query: { format: 'xlsx' } },
                parseAs: 'blob',
              })
            }
          />
        </Group>
      </Group>
      <DataList
        label={t('recipients.title')}
        list={list}
        columns={useColumns()}
        rowKey={(row) => row.id}
        href={(row) => `?${address({ message: row.id })}`}
        empty={
          <EmptyState icon={<IconUsers size={26} />} title={t('recipients.none')}>
            {state ? t('recipients.noneInState') : t('recipients.noneYet')}
          </EmptyState>
        }
      />
      <Suspense>
        {opened && (
          <RecipientDrawer id={opened} person={person} onClose={() => setSearch(address({ message: undefined }))} />
        )}
      </Suspense>
    </section>
  );
}

/** With how many there are in each state. */
function StateFilter(props: {
  progress: CampaignProgress | undefined;
  value: MessageState | undefined;
  onChange: (value: string | null) => void;
}) {
  const { t } = useTranslation('campaigns');
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  const counts = props.progress?.by_state ?? {};
  const withCount = (state: MessageState) => {
    const count = (counts[state] ?? 0) + (state === 'accepted' ? (props.progress?.waiting ?? 0) : 0);
    return { value: state, label: `${t(`message.${state}`)} (${number.format(count)})`, count };
  };
  const states = STATES.map(withCount).filter(({ count, value }) => count > 0 || value === props.value);
  return (
    <Select
      size="xs"
      w={210}
      aria-label={t('filter.state')}
      placeholder={t('filter.all')}
      clearable
      data={states}
      value={props.value ?? null}
      onChange={props.onChange}
    />
  );
}

function useColumns(): Column<Recipient>[] {
  const { t } = useTranslation('campaigns');
  return [
    {
      key: 'phone',
      header: t('recipients.person'),
      width: 'minmax(160px, 1.4fr)',
      render: (row) => (
        <span>
          {row.name ?? row.phone}
          {row.name && (
            <Text span size="xs" c="dimmed" className="tabular" display="block">
              {row.phone}
            </Text>
          )}
        </span>
      ),
    },
    {
      key: 'state',
      header: t('column.state'),
      render: (row) => <StatusBadge tone={stateTone(row.state)} label={t(`message.${row.state}`)} />,
    },
    {
      key: 'error',
      header: t('recipients.reason'),
      width: 'minmax(120px, 1.2fr)',
      render: ({ error_code }) => (error_code ? <Reason code={error_code} /> : '–'),
    },
    { key: 'sent', header: t('funnel.sent'), render: (row) => <Time at={row.sent_at} /> },
    { key: 'delivered', header: t('funnel.delivered'), render: (row) => <Time at={row.delivered_at} /> },
    { key: 'read', header: t('funnel.read'), render: (row) => <Time at={row.read_at} /> },
  ];
}
