import { Modal, Select, Text, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import type { Model } from '../../api/types';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import { shownAs } from './who';

interface Props {
  phone: string;
  onClose: () => void;
}

/** Puts a number on the suppression list. */
export default function SuppressForm({ phone, onClose }: Props) {
  const { t } = useTranslation('contacts');
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('suppress.title')}</Text>}>
      <Form phone={phone} onClose={onClose} />
    </Modal>
  );
}

interface Values extends Record<string, unknown> {
  phone: string;
  reason: Model<'ChosenReason'>;
  detail: string;
}

function Form({ phone, onClose }: Props) {
  const { t } = useTranslation('contacts');
  const client = useQueryClient();
  const form = useForm<Values>({ initialValues: { phone, reason: 'manual', detail: '' } });
  const draft = useUnsaved(`suppress-${phone}`, form);
  const sending = useSubmit(
    form,
    ({ detail, ...rest }) => api.POST('/api/v1/suppressions', { body: { ...rest, detail: detail || null } }),
    (suppression) => {
      draft.saved();
      notifications.show({ message: t('suppress.done', { phone: shownAs(suppression) }) });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/suppressions'] });
      onClose();
    },
  );
  return (
    <SubmitForm sending={sending} label={t('suppress.open')} color="red.9" onCancel={onClose}>
      <Text size="sm" c="dimmed">
        {t('suppress.explain')}
      </Text>
      <TextInput
        label={t('field.phone')}
        description={t('new.phoneHint')}
        required
        inputMode="tel"
        data-autofocus
        {...form.getInputProps('phone')}
      />
      <Select
        label={t('suppress.reason')}
        allowDeselect={false}
        data={(['manual', 'opt_out'] as const).map((value) => ({ value, label: t(`reason.${value}`) }))}
        {...form.getInputProps('reason')}
      />
      <Textarea label={t('suppress.detail')} maxLength={500} autosize {...form.getInputProps('detail')} />
    </SubmitForm>
  );
}
