import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmBatch } from '../../ui/ConfirmBatch';

export type BulkKind = 'add' | 'remove' | 'delete';

interface Props {
  kind: BulkKind;
  whom: Model<'SelectContacts'>;
  tag: string;
  onClose: () => void;
  onDone: () => void;
}

/** Counts the contacts, then tags, untags or deletes them. */
export function BulkAct({ kind, whom: contacts, tag, onClose, onDone }: Props) {
  const { t } = useTranslation('contacts');
  const ask = (preview: boolean) =>
    kind === 'delete'
      ? api.POST('/api/v1/contacts/delete', { body: { contacts, preview } })
      : api.POST('/api/v1/contacts/tag', { body: { contacts, [kind]: [tag], preview } });
  return (
    <ConfirmBatch
      title={t(`bulk.title.${kind}`, { tag })}
      confirm={t(`bulk.confirm.${kind}`)}
      typed={kind === 'delete' && contacts.everybody ? t('bulk.typed') : undefined}
      ask={ask}
      impact={(count) => [t(`bulk.impact.${kind}`, { count, tag })]}
      done={(count) => t(`bulk.done.${kind}`, { count, tag })}
      changes="/api/v1/contacts"
      onClose={onClose}
      onDone={onDone}
    >
      {kind === 'delete' ? t('delete.detail') : t('bulk.tagDetail')}
    </ConfirmBatch>
  );
}
