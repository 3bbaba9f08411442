import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { type Message, person, words } from './content';

const SHOWN = 80;

/** Cancels a message that has not been sent yet. */
export function CancelMessage({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation('messages');
  const client = useQueryClient();
  const cancel = async () => {
    const { error } = await api.POST('/api/v1/messages/{id}/cancel', { params: { path: { id: message.id } } });
    if (error) throw error;
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith('/api/v1/messages') });
  };
  const text = words(message.content);
  const impact = [t('cancel.person', { person: person(message) })];
  if (text) impact.push(t('cancel.text', { text: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text }));
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('cancel.title')}
      impact={impact}
      confirm={t('cancel.submit')}
      onConfirm={cancel}
    >
      {t('cancel.detail')}
    </ConfirmImpact>
  );
}
