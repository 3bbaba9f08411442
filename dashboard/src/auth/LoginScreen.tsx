import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useSearchParams } from 'react-router';
import { ProblemAlert } from '../components/ProblemAlert';
import { useSubmit } from '../components/useSubmit';
import { AuthPage } from './AuthPage';
import { login } from './session';
import { useSessionStatus } from './useSession';

/** Only addresses of this app: a link must not send people elsewhere after they logged in. */
const inside = (next: string | null) => (next?.startsWith('/') && !next.startsWith('//') ? next : '/');

export default function LoginScreen() {
  const { t } = useTranslation('auth');
  const [search] = useSearchParams();
  const form = useForm({ initialValues: { email: '', password: '' } });
  const { submit, running, error } = useSubmit(
    form,
    async (values) => ({ data: await login(values) }),
    () => {},
  );
  if (useSessionStatus() === 'in') return <Navigate to={inside(search.get('next'))} replace />;
  return (
    <AuthPage
      title={t('login.title')}
      other={
        <>
          {t('login.new')}{' '}
          <Anchor component={Link} to="/register" underline="always">
            {t('login.register')}
          </Anchor>
        </>
      }
    >
      <form onSubmit={submit}>
        <Stack>
          {error !== undefined && <ProblemAlert error={error} />}
          <TextInput
            label={t('email')}
            type="email"
            autoComplete="username"
            required
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
            {...form.getInputProps('password')}
          />
          <Button type="submit" loading={running} fullWidth size="md">
            {t('login.submit')}
          </Button>
        </Stack>
      </form>
    </AuthPage>
  );
}
