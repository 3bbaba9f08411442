import { Button, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { IconDeviceMobile, IconLayoutGrid, IconPlus, IconTable } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import type { Session } from '../../api/types';
import { useHints } from '../../live/LiveProvider';
import type { Column } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { ListScreen } from '../../ui/ListScreen';
import { NoneFits } from '../../ui/NoneFits';
import { StatusBadge } from '../../ui/StatusBadge';
import { Time } from '../../ui/Time';
import { useAddressFilters } from '../../ui/useAddressFilters';
import { usePaged } from '../../ui/usePaged';
import { LaneUse } from './LaneUse';
import { SessionActions } from './SessionActions';
import { SessionCard } from './SessionCard';
import cards from './SessionCard.module.css';
import { HEALTHS, healthTone, statusTone } from './tones';

const NewSession = lazy(() => import('./NewSession'));

export default function SessionsScreen() {
  const { t } = useTranslation('sessions');
  const [search, setSearch] = useSearchParams();
  const [view, setView] = useLocalStorage<'cards' | 'table'>({ key: 'wahana-sessions-view', defaultValue: 'cards' });
  const live = useHints(['session', 'message'], '/api/v1/sessions');
  const bar = useAddressFilters(['health']);
  const health = HEALTHS.find((each) => each === bar.filters.health);
  const list = usePaged<Session>(['get', '/api/v1/sessions', { health }], (cursor, signal) =>
    api.GET('/api/v1/sessions', { params: { query: { health, cursor } }, signal }),
  );
  const create = (
    <Button leftSection={<IconPlus size={17} />} onClick={() => setSearch({ new: '' })}>
      {t('new.title')}
    </Button>
  );
  const empty = (
    <EmptyState icon={<IconDeviceMobile size={26} />} title={t('empty.title')} action={create}>
      {t('empty.detail')}
    </EmptyState>
  );
  return (
    <>
      <ListScreen
        title={t('title')}
        subtitle={t('subtitle')}
        live={live}
        actions={create}
        list={list}
        columns={useColumns()}
        rowKey={(session) => session.id}
        href={(session) => `/sessions/${session.id}`}
        filters={
          (bar.any || list.rows.length > 0) && (
            <Group justify="flex-end" gap="xs">
              <HealthFilter value={health} onChange={(value) => bar.set({ health: value })} />
              <ViewSwitch view={view} onChange={setView} />
            </Group>
          )
        }
        empty={bar.any ? <NoneFits clear={bar.clear} /> : empty}
        layout={view === 'cards' ? (rows) => <Cards sessions={rows} /> : undefined}
      />
      <Suspense>{search.has('new') && <NewSession onClose={() => setSearch({})} />}</Suspense>
    </>
  );
}

function Cards({ sessions }: { sessions: Session[] }) {
  return (
    <ul className={cards.grid}>
      {sessions.map((session) => (
        <SessionCard key={session.id} session={session} />
      ))}
    </ul>
  );
}

function ViewSwitch({ view, onChange }: { view: 'cards' | 'table'; onChange: (view: 'cards' | 'table') => void }) {
  const { t } = useTranslation('sessions');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('view.label')}
      value={view}
      onChange={(value) => onChange(value as typeof view)}
      data={[
        { value: 'cards', label: <IconLayoutGrid size={16} aria-label={t('view.cards')} /> },
        { value: 'table', label: <IconTable size={16} aria-label={t('view.table')} /> },
      ]}
    />
  );
}

/** Native select, to stay within the script budget of the first screens. */
function HealthFilter({ value, onChange }: { value: string | undefined; onChange: (value: string | null) => void }) {
  const { t } = useTranslation('sessions');
  return (
    <NativeSelect
      size="xs"
      aria-label={t('column.health')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || null)}
      data={[
        { value: '', label: t('anyHealth') },
        ...HEALTHS.map((health) => ({ value: health, label: t(`health.${health}`) })),
      ]}
    />
  );
}

function useColumns(): Column<Session>[] {
  const { t } = useTranslation('sessions');
  return [
    { key: 'name', header: t('column.name'), width: 'minmax(140px, 1.4fr)', render: (session) => session.name },
    {
      key: 'status',
      header: t('column.status'),
      render: (session) => <StatusBadge tone={statusTone(session)} label={t(`status.${session.status}`)} />,
    },
    {
      key: 'health',
      header: t('column.health'),
      hideOnPhone: true,
      render: (session) => <StatusBadge tone={healthTone(session)} label={t(`health.${session.health.state}`)} />,
    },
    { key: 'phone', header: t('column.phone'), render: (session) => session.phone ?? '–' },
    { key: 'lane', header: t('column.lane'), width: '1.2fr', render: (session) => <LaneUse session={session} /> },
    { key: 'in', header: t('lastIn'), render: (session) => <Time at={session.last_inbound_at} /> },
    { key: 'out', header: t('lastOut'), render: (session) => <Time at={session.last_outbound_at} /> },
    {
      key: 'act',
      header: t('column.actions'),
      width: '64px',
      align: 'right',
      render: (session) => <SessionActions session={session} />,
    },
  ];
}
