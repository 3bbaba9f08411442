import { Anchor, Button, CopyButton, Drawer, Group, List, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../../../api/client';
import { asCurl } from '../../../api/requests';
import type { Model } from '../../../api/types';
import { ProblemTitle } from '../../../components/ProblemWords';
import { FactList } from '../../../ui/FactList';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { StatusBadge } from '../../../ui/StatusBadge';
import { ExactTime } from '../../../ui/Time';
import { statusTone } from './requests';

/** One request: caller, result, and what it caused. */
export function RequestDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('developers');
  const params = { path: { request_id: id } };
  const { data, error, isPending, refetch } = $api.useQuery('get', '/api/v1/request-log/{request_id}', { params });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={<Text fw={650}>{t('log.one')}</Text>}
      closeButtonProps={{ 'aria-label': t('log.close') }}
    >
      <Stack>
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        {isPending && <Skeleton h={240} />}
        {data && <Detail of={data} />}
      </Stack>
    </Drawer>
  );
}

function Detail({ of: { request, messages, acts } }: { of: Model<'RequestDetailView'> }) {
  const { t } = useTranslation('developers');
  const url = window.location.origin + request.path;
  return (
    <>
      <Group gap="xs">
        <StatusBadge tone={statusTone(request.status)} label={String(request.status)} />
        {request.error_code && (
          <>
            <ProblemTitle fault={{ code: request.error_code, title: '', detail: '' }} />
            <code>{request.error_code}</code>
          </>
        )}
      </Group>
      <Text ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }}>
        {request.method} {request.path}
      </Text>
      <FactList
        facts={[
          [t('log.at'), <ExactTime key="at" at={request.at} />],
          [t('log.took'), t('log.ms', { ms: request.duration_ms })],
          [t('log.caller'), request.caller],
          [t('log.route'), <code key="route">{request.route}</code>],
          [t('log.id'), <code key="id">{request.request_id}</code>],
        ]}
      />
      <CopyButton value={asCurl({ method: request.method, url })}>
        {({ copied, copy }) => (
          <Group>
            <Button variant="default" size="compact-sm" leftSection={<IconTerminal2 size={15} />} onClick={copy}>
              {copied ? t('common:action.copied') : t('common:curl.label')}
            </Button>
          </Group>
        )}
      </CopyButton>
      {messages.length > 0 && (
        <section>
          <Title order={3}>{t('log.messages')}</Title>
          <List size="sm">
            {messages.map((message) => (
              <List.Item key={message}>
                <Anchor component={Link} to={`/messages/${message}`} size="sm">
                  {message}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </section>
      )}
      {acts.length > 0 && (
        <section>
          <Title order={3}>{t('log.acts')}</Title>
          <List size="sm">
            {acts.map(({ action, target }) => (
              <List.Item key={`${action} ${target}`}>
                <code>{action}</code> {target}
              </List.Item>
            ))}
          </List>
        </section>
      )}
    </>
  );
}
