import { Button } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from './EmptyState';

/** Empty state of a filtered list. */
export function NoneFits({ clear }: { clear: () => void }) {
  const { t } = useTranslation('common');
  return (
    <EmptyState
      icon={<IconFilterOff size={26} />}
      title={t('list.none')}
      action={
        <Button variant="default" onClick={clear}>
          {t('list.clearFilters')}
        </Button>
      }
    >
      {t('list.noneDetail')}
    </EmptyState>
  );
}
