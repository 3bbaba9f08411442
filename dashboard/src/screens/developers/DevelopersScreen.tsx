import { Button } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { AddressTabs } from '../../components/AddressTabs';
import { PageHeader } from '../../components/PageHeader';
import { ApiKeys } from './ApiKeys';

const Acts = lazy(() => import('./Acts'));

const NAMES = ['keys', 'acts'] as const;

/** API keys, what was done with them, and where the API is explained. */
export default function DevelopersScreen() {
  const { t } = useTranslation('developers');
  const [search, setSearch] = useSearchParams();
  const part = {
    keys: <ApiKeys creating={search.has('new')} onCreate={(on) => setSearch(on ? { new: '' } : {})} />,
    acts: <Acts />,
  };
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
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
