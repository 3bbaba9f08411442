import { Button, Paper, Select, Skeleton } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { $api, api } from '../../api/client';
import type { Model, Session } from '../../api/types';
import { EmptyState } from '../../ui/EmptyState';
import { NameInput } from '../../ui/NameInput';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { SubmitForm } from '../../ui/SubmitForm';
import { useSubmit } from '../../ui/useSubmit';
import { useUnsaved } from '../../ui/useUnsaved';
import { useRefreshCampaigns } from './useCampaignAct';

const CHECKS: Model<'NumberCheckMode'>[] = ['skip', 'prefer', 'require'];
const KINDS = ['marketing', 'information'] as const;

/** Makes the draft that the wizard then works on, so that no step is ever lost. */
export default function NewCampaignScreen() {
  const { t } = useTranslation('campaigns');
  const sessions = $api.useQuery('get', '/api/v1/sessions', { params: { query: { limit: 200 } } });
  const first = sessions.data?.items.find((each) => each.status === 'working') ?? sessions.data?.items[0];
  return (
    <>
      <PageHeader title={t('new.title')} subtitle={t('new.subtitle')} back={{ to: '/campaigns', label: t('title') }} />
      {sessions.error && <ProblemAlert error={sessions.error} onRetry={() => void sessions.refetch()} />}
      {sessions.isPending && <Skeleton h={220} maw={560} />}
      {first && <NewCampaignForm sender={first} />}
      {sessions.data && !first && (
        <EmptyState
          icon={<IconDeviceMobile size={26} />}
          title={t('new.noSession')}
          action={
            <Button component={Link} to="/sessions?new">
              {t('new.makeSession')}
            </Button>
          }
        >
          {t('new.noSessionDetail')}
        </EmptyState>
      )}
    </>
  );
}

function NewCampaignForm({ sender }: { sender: Session }) {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const refresh = useRefreshCampaigns();
  const form = useForm({
    initialValues: {
      name: '',
      kind: 'marketing' as Model<'CampaignKind'>,
      check_number: 'skip' as Model<'NumberCheckMode'>,
    },
  });
  const draft = useUnsaved('new-campaign', form);
  const sending = useSubmit(
    form,
    ({ name, kind, check_number }) => {
      const text = t('new.starter', { variable: '{{name|friend}}' });
      const body = { name, kind, check_number, content: { type: 'text' as const, text }, session_ids: [sender.id] };
      return api.POST('/api/v1/campaigns', { body });
    },
    (campaign) => {
      draft.saved();
      void refresh();
      navigate(`/campaigns/${campaign.id}/edit`, { replace: true });
    },
  );
  return (
    <Paper withBorder p="lg" maw={560}>
      <SubmitForm sending={sending} label={t('new.submit')} onCancel={() => void navigate('/campaigns')}>
        <NameInput label={t('new.name')} description={t('new.nameHint')} {...form.getInputProps('name')} />
        <Select
          label={t('new.kind')}
          description={t('new.kindHint')}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          {...form.getInputProps('kind')}
        />
        <Select
          label={t('new.check')}
          description={t('new.checkHint')}
          allowDeselect={false}
          data={CHECKS.map((value) => ({ value, label: t(`check.${value}`) }))}
          {...form.getInputProps('check_number')}
        />
      </SubmitForm>
    </Paper>
  );
}
