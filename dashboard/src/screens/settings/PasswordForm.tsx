import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useSubmit } from '../../components/useSubmit';

/** A new password. All other devices are logged out. */
export function PasswordForm() {
  const { t } = useTranslation('settings');
  const client = useQueryClient();
  const form = useForm({ initialValues: { current_password: '', new_password: '' } });
  const { submit, running, error } = useSubmit(
    form,
    (body) => api.POST('/api/v1/user/change-password', { body }),
    () => {
      form.reset();
      notifications.show({ message: t('password.saved') });
      void client.invalidateQueries({ queryKey: ['get', '/api/v1/user/devices'] });
    },
  );
  return (
    <form onSubmit={submit}>
      <Stack>
        {error !== undefined && <ProblemAlert error={error} />}
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
        <Group>
          <Button type="submit" loading={running}>
            {t('password.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
