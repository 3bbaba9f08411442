import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useProfile } from '../../auth/useSession';
import { PageHeader } from '../../components/PageHeader';
import { Onboarding } from './Onboarding';

export default function HomeScreen() {
  const { t } = useTranslation('home');
  const profile = useProfile();
  return (
    <Stack gap="lg">
      <PageHeader title={t('title', { name: profile?.user.name ?? '' })} subtitle={profile?.organization.name} />
      <Onboarding />
    </Stack>
  );
}
