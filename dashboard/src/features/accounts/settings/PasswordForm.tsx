import { PasswordInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../../api/client';
import { SubmitForm } from '../../../ui/SubmitForm';
import { useSubmit } from '../../../ui/useSubmit';

/** A new password. All other devices are logged out. */
export function PasswordForm() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const form = useForm({ initialValues: { current_password: '', new_password: '' } });
  const sending = useSubmit(
    form,
    (body) => api.POST('/api/v1/user/change-password', { body }),
    () => {
      form.reset();
      notifications.show({ message: t('password.saved') });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/user/devices'] });
    },
  );
  return (
    <SubmitForm sending={sending} label={t('password.submit')}>
      <PasswordInput
        label={t('password.current')}
        autoComplete="current-password"
        required
        {...form.getInputProps('current_password')}
      />
      <PasswordInput
        label={t('password.new')}
        description={t('password.newHint')}
        autoComplete="new-password"
        required
        minLength={8}
        {...form.getInputProps('new_password')}
      />
    </SubmitForm>
  );
}
