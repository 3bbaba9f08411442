import { Checkbox, Modal, Select, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import type { Model } from '../../../api/types';
import { NameInput } from '../../../ui/NameInput';
import { SubmitForm } from '../../../ui/SubmitForm';
import { useSubmit } from '../../../ui/useSubmit';
import { useUnsaved } from '../../../ui/useUnsaved';

type Scope = Model<'Scope'>;

/** Typed by the API's own list: one that is missing or made up does not compile. */
const SCOPES = Object.keys({
  'sessions:read': true,
  'sessions:write': true,
  'messages:read': true,
  'messages:send': true,
  'campaigns:read': true,
  'campaigns:write': true,
  'contacts:read': true,
  'contacts:write': true,
  'keys:manage': true,
  'audit:read': true,
} satisfies Record<Scope, true>) as Scope[];

const DAY_MS = 86_400_000;

/** Form for a new key: name, scopes, expiry. */
export default function NewKey({
  onClose,
  onMade,
}: {
  onClose: () => void;
  onMade: (made: Model<'NewApiKeyView'>) => void;
}) {
  const { t } = useTranslation('developers');
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('new.title')}</Text>}>
      <NewKeyForm onClose={onClose} onMade={onMade} />
    </Modal>
  );
}

function NewKeyForm({ onClose, onMade }: { onClose: () => void; onMade: (made: Model<'NewApiKeyView'>) => void }) {
  const { t } = useTranslation('developers');
  const initialValues = { name: '', scopes: ['messages:read', 'messages:send'] as Scope[], expires_at: '' };
  const form = useForm({ initialValues });
  const draft = useUnsaved('new-key', form);
  const sending = useSubmit(
    form,
    ({ name, scopes, expires_at: days }) => {
      const expires_at = days ? new Date(Date.now() + Number(days) * DAY_MS).toISOString() : null;
      return api.POST('/api/v1/user/api-keys', { body: { name, scopes, expires_at } });
    },
    (made) => {
      draft.saved();
      onClose();
      onMade(made);
    },
  );
  return (
    <SubmitForm sending={sending} label={t('new.submit')} onCancel={onClose}>
      <NameInput label={t('new.name')} description={t('new.nameHint')} {...form.getInputProps('name')} />
      <Checkbox.Group label={t('new.scopes')} description={t('new.scopesHint')} {...form.getInputProps('scopes')}>
        <Stack gap={10} mt={8}>
          {SCOPES.map((scope) => (
            <Checkbox key={scope} value={scope} size="xs" label={<code>{scope}</code>} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={t('new.expires')}
        placeholder={t('new.never')}
        clearable
        data={['30', '90', '365'].map((days) => ({ value: days, label: t('new.days', { days }) }))}
        {...form.getInputProps('expires_at')}
      />
    </SubmitForm>
  );
}
