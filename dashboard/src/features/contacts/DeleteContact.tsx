import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { shownAs } from './who';

/** Deletes a person from the address book, having named them. */
export function DeleteContact({ contact, onClose }: { contact: Model<'ContactView'>; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const { id, name } = contact;
  const who = shownAs(contact);
  const remove = async () => {
    const { error, response } = await api.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } });
    // Already deleted by someone else.
    if (error && response.status !== 404) throw error;
    await client.invalidateQueries({ queryKey: ['get', '/api/v1/contacts'] });
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('delete.title')}
      impact={[name ? `${name} (${who})` : who]}
      confirm={t('act.delete')}
      onConfirm={remove}
    >
      {t('delete.detail')}
    </ConfirmImpact>
  );
}
