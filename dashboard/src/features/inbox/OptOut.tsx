import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { canCancel } from '../messages/content';

const MAX_COUNTED = 200;

/** Opts a person out; shows first which waiting messages are affected. */
export function OptOut({ name, phone, onClose }: { name: string; phone: string; onClose: () => void }) {
  const { t } = useTranslation('inbox');
  const client = useQueryClient();
  const waiting = $api.useQuery('get', '/api/v1/messages', {
    params: { query: { phone, class: 'bulk', limit: MAX_COUNTED } },
  });
  const optOut = async () => {
    const { error } = await api.POST('/api/v1/suppressions', {
      body: { phone, reason: 'opt_out', detail: t('optOut.recorded') },
    });
    if (error) throw error;
    await client.invalidateQueries();
  };
  const count = waiting.data?.items.filter(canCancel).length;
  const impact = count === undefined ? undefined : [t('optOut.person', { phone }), t('optOut.waiting', { count })];
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('optOut.title', { name })}
      impact={waiting.error ? [t('optOut.person', { phone })] : impact}
      confirm={t('optOut.open')}
      onConfirm={optOut}
    >
      {t('optOut.detail')}
    </ConfirmImpact>
  );
}
