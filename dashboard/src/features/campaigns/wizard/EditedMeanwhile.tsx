import { Alert, Button, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Time } from '../../../ui/Time';
import type { Campaign } from '../campaign';

interface Props {
  /** As it is saved now. */
  saved: Campaign;
  onLoad: () => void;
  onKeep: () => void;
}

/** Somebody else saved the campaign while this step was open. What was typed stays until one of the two is chosen. */
export function EditedMeanwhile({ saved, onLoad, onKeep }: Props) {
  const { t } = useTranslation('campaigns');
  return (
    <Alert role="alert" variant="light" color="orange" icon={<IconUsers />} title={t('meanwhile.title')}>
      {t('meanwhile.by', { by: saved.changed_by ?? t('meanwhile.somebody') })} <Time at={saved.updated_at} />.{' '}
      {t('meanwhile.detail')}
      <Group mt="xs" gap="sm">
        <Button size="compact-sm" onClick={onLoad}>
          {t('meanwhile.load')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onKeep}>
          {t('meanwhile.keep')}
        </Button>
      </Group>
    </Alert>
  );
}
