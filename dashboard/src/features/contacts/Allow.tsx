import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ConfirmImpact } from '../../ui/ConfirmImpact';

/** Removes a number from the suppression list; shows first why it is on it. */
export function Allow({ phone, reason, onClose }: { phone: string; reason: string; onClose: () => void }) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const allow = async () => {
    const { error } = await api.DELETE('/api/v1/suppressions/{phone}', { params: { path: { phone } } });
    if (error) throw error;
    await client.invalidateQueries();
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t('allow.title', { phone })}
      impact={[t(`reasonSaid.${reason}`, { defaultValue: reason })]}
      confirm={t('allow.submit')}
      onConfirm={allow}
    >
      {t('allow.detail')}
    </ConfirmImpact>
  );
}
