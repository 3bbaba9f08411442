import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { ProblemAlert } from '../components/ProblemAlert';
import { useSubmit } from '../components/useSubmit';
import { AuthPage } from './AuthPage';
import { register } from './session';
import { useSessionStatus } from './useSession';

export default function RegisterScreen() {
  const { t } = useTranslation('auth');
  const form = useForm({ initialValues: { organization: '', name: '', email: '', password: '' } });
  const { submit, running, error } = useSubmit(
    form,
    async (values) => ({ data: await register(values) }),
    () => {},
  );
  if (useSessionStatus() === 'in') return <Navigate to="/" replace />;
  return (
    <AuthPage
      title={t('register.title')}
      other={
        <>
          {t('register.known')}{' '}
          <Anchor component={Link} to="/login" underline="always">
            {t('register.login')}
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          {error !== undefined && <ProblemAlert error={error} />}
          <TextInput
            label={t('organization')}
            description={t('organizationHint')}
            autoComplete="organization"
            required
            maxLength={200}
            {...form.getInputProps('organization')}
          />
          <TextInput label={t('name')} autoComplete="name" required maxLength={200} {...form.getInputProps('name')} />
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            description={t('passwordHint')}
            autoComplete="new-password"
            required
            minLength={8}
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={running} fullWidth size="md">
            {t('register.submit')}
          </Button>
        </Stack>
      </form>
    </AuthPage>
  );
}
