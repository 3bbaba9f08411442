import { Button, Group, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Time } from '../../ui/Time';

const PATH = '/api/v1/contacts/{id}/identities' as const;

/** The names under which WhatsApp knows a person: forms of the number, and LIDs that are the same account. */
export function Identities({ contact }: { contact: string }) {
  const { t } = useTranslation('contacts');
  const [parting, setParting] = useState<string>();
  const { data, error, refetch } = $api.useQuery('get', PATH, { params: { path: { id: contact } } });
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const forms = data.phones.filter((phone) => `${phone.slice(1)}@c.us` !== data.chat_id);
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {t('identities.title')}
      </Text>
      <Text size="sm" className="tabular">
        {t('identities.chat', { chat: data.chat_id })}
      </Text>
      {data.username && <Text size="sm">{`@${data.username}`}</Text>}
      {forms.length > 0 && (
        <Text size="sm" c="dimmed" className="tabular">
          {t('identities.forms', { forms: forms.join(', ') })}
        </Text>
      )}
      {data.identities.map(({ identity, source, learnt_at }) => (
        <Group key={identity} gap="xs" justify="space-between" wrap="nowrap">
          <Text size="sm" className="tabular" truncate>
            {identity}
            <Text span size="xs" c="dimmed">
              {' · '}
              {t(`identities.source.${source}`)} <Time at={learnt_at} />
            </Text>
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => setParting(identity)}>
            {t('identities.part')}
          </Button>
        </Group>
      ))}
      {parting && <Part contact={contact} identity={parting} onClose={() => setParting(undefined)} />}
    </Stack>
  );
}

function Part({ contact, identity, onClose }: { contact: string; identity: string; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const part = async () => {
    const path = { id: contact, identity };
    const { error } = await api.DELETE('/api/v1/contacts/{id}/identities/{identity}', { params: { path } });
    if (error) throw error;
    await client.invalidateQueries();
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('identities.partTitle', { identity })}
      impact={[t('identities.partImpact')]}
      confirm={t('identities.part')}
      onConfirm={part}
    >
      {t('identities.partDetail')}
    </ConfirmImpact>
  );
}
