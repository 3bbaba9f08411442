import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyState } from '../ui/EmptyState';

/** Unknown address. */
export function NotFound() {
  const { t } = useTranslation('common');
  const home = (
    <Button component={Link} to="/">
      {t('problem.goHome')}
    </Button>
  );
  return (
    <EmptyState icon={<IconMapOff />} title={t('problem.notFound')} action={home}>
      {t('problem.notFoundDetail')}
    </EmptyState>
  );
}
