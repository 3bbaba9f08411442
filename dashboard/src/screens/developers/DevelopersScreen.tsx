import { Button, Tabs } from '@mantine/core';
import { IconBook2, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { PageHeader } from '../../components/PageHeader';
import { Acts } from './Acts';
import { ApiKeys } from './ApiKeys';

/** API keys, what was done with them, and where the API is explained. */
export default function DevelopersScreen() {
  const { t } = useTranslation('developers');
  const [search, setSearch] = useSearchParams();
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
      <Tabs
        value={search.get('tab') ?? 'keys'}
        onChange={(tab) => setSearch(tab && tab !== 'keys' ? { tab } : {}, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="lg">
          <Tabs.Tab value="keys">{t('tab.keys')}</Tabs.Tab>
          <Tabs.Tab value="acts">{t('tab.acts')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="keys">
          <ApiKeys creating={search.has('new')} onCreate={(on) => setSearch(on ? { new: '' } : {})} />
        </Tabs.Panel>
        <Tabs.Panel value="acts">
          <Acts />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
