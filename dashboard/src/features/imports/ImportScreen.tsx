import { Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../ui/PageHeader';
import { Importer } from './Importer';

/** Import of contacts, from any file. */
export default function ImportScreen() {
  const { t } = useTranslation('imports');
  const client = useQueryClient();
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} back={{ to: '/contacts', label: t('back') }} />
      <Stack maw={960}>
        <Importer onChange={() => void client.invalidateQueries({ queryKey: ['get', '/api/v1/contacts'] })} />
      </Stack>
    </>
  );
}
