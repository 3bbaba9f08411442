import { Button } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useAskOften } from '../../../live/useAskOften';
import { AddressTabs, useTab } from '../../../ui/AddressTabs';
import { LiveMark } from '../../../ui/LiveMark';
import { PageHeader } from '../../../ui/PageHeader';
import { ApiKeys } from './ApiKeys';

const RequestLog = lazy(() => import('./RequestLog'));
const Acts = lazy(() => import('./Acts'));

const NAMES = ['keys', 'log', 'acts'] as const;

/** API keys, request log, audit log, and the link to the API documentation. */
export default function DevelopersScreen() {
  const { t } = useTranslation('developers');
  const [search, setSearch] = useSearchParams();
  const tab = useTab(NAMES);
  const live = useAskOften('/api/v1/request-log');
  const part = {
    keys: <ApiKeys creating={search.has('new')} onCreate={(on) => setSearch(on ? { new: '' } : {})} />,
    log: <RequestLog />,
    acts: <Acts />,
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        badges={tab === 'log' && <LiveMark state={live} />}
        actions={
          <>
            <Button
              component="a"
              href="/api/docs"
              target="_blank"
              variant="default"
              leftSection={<IconBook2 size={17} />}
            >
              {t('docs')}
            </Button>
            <Button leftSection={<IconPlus size={17} />} onClick={() => setSearch({ new: '' })}>
              {t('new.title')}
            </Button>
          </>
        }
      />
      <AddressTabs names={NAMES} label={(name) => t(`tab.${name}`)}>
        {(name) => part[name]}
      </AddressTabs>
    </>
  );
}
