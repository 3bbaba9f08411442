import { Button, Group, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { type Column, DataList } from '../../../ui/DataList';
import { EmptyState } from '../../../ui/EmptyState';
import { Time } from '../../../ui/Time';
import { usePaged } from '../../../ui/usePaged';
import { EndKey } from './EndKey';
import { RevealKey } from './RevealKey';

const NewKey = lazy(() => import('./NewKey'));

type ApiKey = Model<'ApiKeyView'>;

/** The organization's keys; each is shown in full once, when it is made. */
export function ApiKeys({ creating, onCreate }: { creating: boolean; onCreate: (on: boolean) => void }) {
  const { t } = useTranslation('developers');
  const [made, setMade] = useState<Model<'NewApiKeyView'>>();
  const [ending, setEnding] = useState<{ key: ApiKey; how: 'rotate' | 'revoke' }>();
  const list = usePaged<ApiKey>(['get', '/api/v1/user/api-keys'], (cursor, signal) =>
    api.GET('/api/v1/user/api-keys', { params: { query: { cursor } }, signal }),
  );
  const reveal = (key: Model<'NewApiKeyView'>) => {
    setMade(key);
    list.retry();
  };
  const empty = (
    <EmptyState
      icon={<IconKey size={26} />}
      title={t('keys.empty')}
      action={<Button onClick={() => onCreate(true)}>{t('new.title')}</Button>}
    >
      {t('keys.emptyDetail')}
    </EmptyState>
  );
  return (
    <>
      <DataList
        label={t('tab.keys')}
        list={list}
        columns={useColumns((key, how) => setEnding({ key, how }))}
        rowKey={(key) => key.id}
        empty={empty}
      />
      <Suspense>{creating && <NewKey onClose={() => onCreate(false)} onMade={reveal} />}</Suspense>
      {ending && (
        <EndKey
          apiKey={ending.key}
          how={ending.how}
          onClose={() => setEnding(undefined)}
          onDone={(key) => (key ? reveal(key) : list.retry())}
        />
      )}
      {made && <RevealKey made={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

function useColumns(act: (key: ApiKey, how: 'rotate' | 'revoke') => void): Column<ApiKey>[] {
  const { t } = useTranslation('developers');
  return [
    { key: 'name', header: t('keys.name'), width: '1.4fr', render: (key) => <Text fw={600}>{key.name}</Text> },
    { key: 'prefix', header: t('keys.prefix'), render: (key) => <code>{key.prefix}…</code> },
    {
      key: 'scopes',
      header: t('keys.scopes'),
      width: '1.8fr',
      render: (key) => (
        <Text size="xs" c="dimmed">
          {key.scopes.join(', ')}
        </Text>
      ),
    },
    { key: 'used', header: t('keys.used'), render: (key) => <Time at={key.last_used_at} /> },
    { key: 'expires', header: t('keys.expires'), render: (key) => <Time at={key.expires_at} /> },
    {
      key: 'act',
      header: t('keys.actions'),
      width: '190px',
      align: 'right',
      render: (key) => (
        <Group gap={6} justify="flex-end">
          {!key.replaced_by && (
            <Button size="compact-sm" variant="default" onClick={() => act(key, 'rotate')}>
              {t('keys.rotate')}
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => act(key, 'revoke')}>
            {t('keys.revoke')}
          </Button>
        </Group>
      ),
    },
  ];
}
