import { Button, Group, Select, TextInput } from '@mantine/core';
import { IconPlayerPause } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { $api, api } from '../../api/client';
import type { Model } from '../../api/types';
import { ConfirmImpact } from '../../ui/ConfirmImpact';
import { DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { showProblem } from '../../ui/showProblem';
import { Time } from '../../ui/Time';
import { singlePage } from './singlePage';

type Control = Model<'ControlView'>;
type Target = 'all' | 'outbound' | Model<'Queue'>;
const TARGETS: readonly Target[] = ['outbound', 'lanes', 'inbound', 'sessions', 'maintenance', 'media', 'all'];

/** Controls in force (pauses, slots), and resuming them. */
export default function Controls() {
  const { t } = useTranslation('operations');
  const query = $api.useQuery('get', '/api/v1/operator/controls');
  const resume = async (target: string) => {
    const { error } = await api.POST('/api/v1/operator/resume', { body: { target } });
    if (error) showProblem(error);
    await query.refetch();
  };
  return (
    <DataList<Control>
      label={t('tab.controls')}
      list={singlePage(query)}
      rowKey={(control) => control.target}
      filters={<Hold onDone={() => void query.refetch()} />}
      columns={[
        { key: 'target', header: t('controls.target'), render: (control) => <code>{control.target}</code> },
        {
          key: 'what',
          header: t('controls.what'),
          render: (control) =>
            control.paused ? t('controls.paused') : t('controls.slots', { count: control.slots ?? 0 }),
        },
        { key: 'why', header: t('controls.reason'), width: '1.5fr', render: (control) => control.reason ?? '–' },
        { key: 'who', header: t('controls.by'), render: (control) => control.set_by },
        { key: 'at', header: t('controls.at'), render: (control) => <Time at={control.set_at} /> },
        {
          key: 'act',
          header: t('dead.act'),
          width: '120px',
          align: 'right',
          render: (control) =>
            control.paused && (
              <Button size="compact-sm" variant="default" onClick={() => void resume(control.target)}>
                {t('controls.resume')}
              </Button>
            ),
        },
      ]}
      empty={
        <EmptyState icon={<IconPlayerPause size={26} />} title={t('controls.empty')}>
          {t('controls.emptyDetail')}
        </EmptyState>
      }
    />
  );
}

function Hold({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('operations');
  const [target, setTarget] = useState<Target>('outbound');
  const [reason, setReason] = useState('');
  const [asking, setAsking] = useState(false);
  const hold = async () => {
    const { error } = await api.POST('/api/v1/operator/pause', { body: { target, reason: reason || null } });
    if (error) throw error;
    setReason('');
    onDone();
  };
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label={t('controls.target')}
        allowDeselect={false}
        value={target}
        onChange={(value) => setTarget(value as Target)}
        data={TARGETS.map((value) => ({ value, label: t(`target.${value}`) }))}
      />
      <TextInput
        label={t('controls.reason')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('controls.pause')}
      </Button>
      <ConfirmImpact
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('controls.pauseTitle')}
        impact={[t(`target.${target}`)]}
        confirm={t('controls.pause')}
        onConfirm={hold}
      >
        {t('controls.pauseDetail')}
      </ConfirmImpact>
    </Group>
  );
}
