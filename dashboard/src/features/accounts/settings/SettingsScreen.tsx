import { Paper, Skeleton, Text, Title } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../../api/useSession';
import { PageHeader } from '../../../ui/PageHeader';
import { Devices } from './Devices';
import { OrganizationForm } from './OrganizationForm';
import { PasswordForm } from './PasswordForm';
import { ProfileForm } from './ProfileForm';
import classes from './Settings.module.css';

const ConsentForm = lazy(() => import('./ConsentForm'));

/** The person, the login, the organization. */
export default function SettingsScreen() {
  const { t } = useTranslation('settings');
  const profile = useProfile();
  return (
    <>
      <PageHeader title={t('title')} subtitle={profile?.user.email} />
      {!profile && <Skeleton h={320} radius="lg" />}
      {profile && (
        <div className={classes.sections}>
          <Section title={t('profile.title')} hint={t('profile.hint')}>
            <ProfileForm user={profile.user} />
          </Section>
          <Section
            title={t('organization.title')}
            hint={t(`organization.${profile.role === 'owner' ? 'hint' : 'ownersOnly'}`)}
          >
            <OrganizationForm organization={profile.organization} disabled={profile.role !== 'owner'} />
          </Section>
          <Section title={t('consent.title')} hint={t('consent.hint')}>
            <Suspense fallback={<Skeleton h={220} />}>
              <ConsentForm disabled={profile.role !== 'owner'} />
            </Suspense>
          </Section>
          <Section title={t('password.title')} hint={t('password.hint')}>
            <PasswordForm />
          </Section>
          <Section title={t('devices.title')} hint={t('devices.hint')}>
            <Devices />
          </Section>
        </div>
      )}
    </>
  );
}

function Section({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  return (
    <Paper withBorder component="section" className={classes.section}>
      <div>
        <Title order={2}>{title}</Title>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </div>
      <div>{children}</div>
    </Paper>
  );
}
