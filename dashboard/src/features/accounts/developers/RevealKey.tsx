import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../../api/types';

/** Shows a new key, once. A click beside it does not close it. */
export function RevealKey({ made, onClose }: { made: Model<'NewApiKeyView'>; onClose: () => void }) {
  const { t } = useTranslation('developers');
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      size="lg"
      title={<Text fw={650}>{t('reveal.title', { name: made.api_key.name })}</Text>}
    >
      <Stack>
        <Alert color="yellow" variant="light">
          {t('reveal.once')}
        </Alert>
        <Code block>{made.key}</Code>
        <Text size="sm">{t('reveal.try')}</Text>
        <Code block>{`curl -sS ${window.location.origin}/api/v1/sessions \\\n  -H "X-Api-Key: ${made.key}"`}</Code>
        <Group justify="flex-end">
          <CopyButton value={made.key}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={17} /> : <IconCopy size={17} />}
                onClick={copy}
              >
                {copied ? t('common:action.copied') : t('reveal.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('reveal.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
