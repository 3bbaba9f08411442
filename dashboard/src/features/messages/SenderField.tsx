import { Anchor, Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { $api } from '../../api/client';
import { useSessions } from '../sessions/useSessions';
import type { Draft } from './draft';

type Form = UseFormReturnType<Draft>;

/** Which number sends: a session, or a pool that chooses one. */
export function SenderField({ form }: { form: Form }) {
  const { t } = useTranslation('messages');
  const { sessions } = useSessions();
  const pools = $api.useQuery('get', '/api/v1/sender-pools', { params: { query: { limit: 200 } } });
  const data = [
    {
      group: t('compose.sessions'),
      items: sessions.map(({ id, name, phone }) => ({ value: id, label: phone ? `${name} · ${phone}` : name })),
    },
    {
      group: t('compose.pools'),
      items: pools.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [],
    },
  ].filter(({ items }) => items.length > 0);
  const chosen = sessions.find(({ id }) => id === form.values.sender);
  const warning = chosen && chosen.status !== 'working' ? t('compose.senderAway') : undefined;
  const none = (
    <>
      {t('compose.noSender')}{' '}
      <Anchor component={Link} to="/sessions?new" inherit>
        {t('compose.makeSession')}
      </Anchor>
    </>
  );
  return (
    <Select
      label={t('compose.sender')}
      description={warning ?? (data.length === 0 ? none : undefined)}
      required
      searchable
      data={data}
      {...form.getInputProps('sender')}
    />
  );
}

/** The session, if there is only one. */
export function useOnlySender(form: Form) {
  const { sessions } = useSessions();
  const only = sessions.length === 1 ? sessions[0]?.id : undefined;
  const { setFieldValue } = form;
  const empty = form.values.sender === null;
  useEffect(() => {
    if (only && empty) setFieldValue('sender', only);
  }, [only, empty, setFieldValue]);
}
