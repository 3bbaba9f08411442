import { ActionIcon, Menu, Text, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asCurl, type Recorded, recordedRequests } from '../api/requests';

/** The requests that made this screen, as commands. The page header has it on every screen. */
export default function CopyAsCurl() {
  const { t } = useTranslation('common');
  const [requests, setRequests] = useState<readonly Recorded[]>([]);
  const { copy } = useClipboard();
  const take = (request: Recorded) => {
    copy(asCurl(request));
    notifications.show({ message: t('curl.copied') });
  };
  return (
    <Menu position="bottom-end" width={360} onOpen={() => setRequests(recordedRequests())}>
      <Menu.Target>
        <Tooltip label={t('curl.label')}>
          <ActionIcon variant="default" size="lg" aria-label={t('curl.label')}>
            <IconTerminal2 size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('curl.hint')}</Menu.Label>
        {requests.map((request) => (
          <Menu.Item key={`${request.method} ${request.url} ${request.body}`} onClick={() => take(request)}>
            <Text size="xs" ff="monospace" truncate>
              {request.method} {new URL(request.url).pathname.replace('/api/v1', '')}
            </Text>
          </Menu.Item>
        ))}
        {requests.length === 0 && <Menu.Item disabled>{t('curl.none')}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
