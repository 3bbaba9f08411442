import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmImpact } from '../../components/ConfirmImpact';
import { Progress } from '../../components/Progress';
import { each } from './each';

interface Props {
  contacts: Model<'ContactView'>[];
  onClose: () => void;
  onDone?: () => void;
}

const NAMED = 5;

/** Deletes people from the address book, having named them. */
export function DeleteContacts({ contacts, onClose, onDone }: Props) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const [done, setDone] = useState<number>();
  const count = contacts.length;
  const remove = async () => {
    try {
      await each(
        contacts,
        async ({ id }) => {
          const result = await api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } });
          // Somebody else was faster: it is gone, as wished.
          return result.response.status === 404 ? {} : result;
        },
        setDone,
      );
      onDone?.();
    } finally {
      await client.invalidateQueries({ queryKey: ['get', '/api/v1/contacts'] });
    }
  };
  const named = contacts.slice(0, NAMED).map(({ name, phone }) => (name ? `${name} (${phone})` : phone));
  const impact = count > NAMED ? [...named, t('delete.more', { count: count - NAMED })] : named;
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('delete.title', { count })}
      impact={impact}
      confirm={t('act.delete')}
      onConfirm={remove}
    >
      {t('delete.detail')}
      {done !== undefined && count > 1 && <Progress done={done} total={count} label={t('delete.title', { count })} />}
    </ConfirmImpact>
  );
}
