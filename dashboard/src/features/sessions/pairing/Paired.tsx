import { Button, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Session } from '../../../api/types';

/** Done: which number it is, and what comes next. */
export function Paired({ session }: { session: Session }) {
  const { t } = useTranslation('pairing');
  return (
    <Stack align="center" py="xl" gap="sm">
      <ThemeIcon size={52} radius="xl" variant="light" aria-hidden="true">
        <IconCheck size={28} stroke={2.4} />
      </ThemeIcon>
      <Title order={2}>{t('done.title')}</Title>
      <Text c="dimmed" ta="center" maw={440}>
        {t('done.detail', { number: session.phone ?? session.push_name ?? session.name })}
      </Text>
      <Group justify="center" mt="xs">
        <Button component={Link} to={`/sessions/${session.id}`} variant="default">
          {t('done.session')}
        </Button>
        <Button component={Link} to={`/messages/new?session=${session.id}`}>
          {t('done.message')}
        </Button>
      </Group>
    </Stack>
  );
}
