import { Button, Code } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { EmptyState } from '../ui/EmptyState';

/** Error boundary of a screen; offers a reload, because after an update its code has another name. */
export function ErrorScreen() {
  const { t } = useTranslation('common');
  const error = useRouteError();
  const again = <Button onClick={() => window.location.reload()}>{t('action.retry')}</Button>;
  return (
    <EmptyState icon={<IconBug />} title={t('problem.screen')} action={again}>
      {t('problem.screenDetail')} {error instanceof Error && <Code block>{error.message}</Code>}
    </EmptyState>
  );
}
