import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { login } from '../../api/session';
import { useProfile } from '../../api/useSession';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { useSubmit } from '../../ui/useSubmit';
import { useLogout } from './useLogout';

/** Asks for the password over the open screen. The requests that waited go on afterwards. */
export default function ExpiredLogin() {
  const { t } = useTranslation('auth');
  const profile = useProfile();
  const logout = useLogout();
  const form = useForm({ initialValues: { password: '' } });
  const email = profile?.user.email ?? '';
  const { submit, running, error } = useSubmit(
    form,
    async ({ password }) => ({ data: await login({ email, password, organization_id: profile?.organization.id }) }),
    () => {},
  );
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={<Text fw={650}>{t('expired.title')}</Text>}
    >
      <form onSubmit={submit}>
        <Stack>
          <Text>{t('expired.detail', { email })}</Text>
          {error !== undefined && <ProblemAlert error={error} />}
          <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            data-autofocus
            {...form.getInputProps('password')}
          />
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => void logout()}>
              {t('expired.leave')}
            </Button>
            <Button type="submit" loading={running}>
              {t('expired.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
