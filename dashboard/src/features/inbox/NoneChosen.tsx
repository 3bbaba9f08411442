import { Center, Stack, Text } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Placeholder while no chat is open. */
export function NoneChosen() {
  const { t } = useTranslation('inbox');
  return (
    <Center h="100%">
      <Stack align="center" gap="xs" c="dimmed">
        <IconMessages size={34} stroke={1.3} aria-hidden="true" />
        <Text size="sm">{t('choose')}</Text>
      </Stack>
    </Center>
  );
}
