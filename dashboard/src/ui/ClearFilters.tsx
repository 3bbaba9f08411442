import { Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Clears all filters; hidden when none is set. */
export function ClearFilters({ any, clear }: { any: boolean; clear: () => void }) {
  const { t } = useTranslation('common');
  if (!any) return null;
  return (
    <Button variant="subtle" color="gray" leftSection={<IconX size={15} />} onClick={clear}>
      {t('list.clearFilters')}
    </Button>
  );
}
