import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { brief } from '../../../time/format';
import { useZone } from '../../../time/useZone';
import { ConfirmImpact } from '../../../ui/ConfirmImpact';

const A_DAY = 86_400;

interface Props {
  apiKey: Model<'ApiKeyView'>;
  how: 'rotate' | 'revoke';
  onClose: () => void;
  /** With the key that takes over, if it was rotated. */
  onDone: (made?: Model<'NewApiKeyView'>) => void;
}

/** Ends a key: at once, or after another one has taken over. */
export function EndKey({ apiKey, how, onClose, onDone }: Props) {
  const { t } = useTranslation('developers');
  const zone = useZone();
  const params = { path: { id: apiKey.id } };
  const used = apiKey.last_used_at;
  const end = async () => {
    if (how === 'revoke') {
      const { error } = await api.DELETE('/api/v1/user/api-keys/{id}', { params });
      if (error) throw error;
      return onDone();
    }
    const { data, error } = await api.POST('/api/v1/user/api-keys/{id}/rotate', {
      params,
      body: { overlap_seconds: A_DAY },
    });
    if (!data) throw error;
    onDone(data);
  };
  return (
    <ConfirmImpact
      opened
      onClose={onClose}
      title={t(`end.${how}Title`, { name: apiKey.name })}
      impact={[used ? t('end.used', { at: brief(new Date(used), zone) }) : t('end.unused')]}
      confirm={how === 'revoke' ? t('keys.revoke') : t('keys.rotate')}
      onConfirm={end}
    >
      {t(`end.${how}Detail`)}
    </ConfirmImpact>
  );
}
