import { Modal, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { api } from '../../api/client';
import { NameInput } from '../../ui/NameInput';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';

/** Makes a session. */
export default function NewSession({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sessions');
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('new.title')}</Text>}>
      <NewSessionForm onClose={onClose} />
    </Modal>
  );
}

function NewSessionForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('sessions');
  const client = useQueryClient();
  const go = useNavigate();
  const form = useForm({ initialValues: { name: '', description: '' } });
  const draft = useUnsaved('new-session', form);
  const sending = useSubmit(
    form,
    ({ name, description }) =>
      api.POST('/api/v1/sessions', { body: { name, description: description || null, start: true } }),
    (session) => {
      draft.saved();
      notifications.show({ message: t('new.done', { name: session.name }) });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/sessions'] });
      void go(`/sessions/${session.id}/pair`);
    },
  );
  return (
    <SubmitForm sending={sending} label={t('new.submit')} onCancel={onClose}>
      <NameInput
        label={t('new.name')}
        description={t('new.nameHint')}
        maxLength={100}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('new.description')}
        maxLength={1000}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
    </SubmitForm>
  );
}
