import { Text } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Model } from '../../api/types';
import { type Column, DataList } from '../../ui/DataList';
import { EmptyState } from '../../ui/EmptyState';
import { Time } from '../../ui/Time';
import type { Paged } from '../../ui/usePaged';

type Act = Model<'AuditEventView'>;

/** Audit log: action, actor, target. */
export function AuditList({ list }: { list: Paged<Act> }) {
  const { t } = useTranslation('audit');
  return (
    <DataList
      label={t('title')}
      list={list}
      columns={useColumns()}
      rowKey={(act) => act.id}
      empty={
        <EmptyState icon={<IconListCheck size={26} />} title={t('empty')}>
          {t('emptyDetail')}
        </EmptyState>
      }
    />
  );
}

function useColumns(): Column<Act>[] {
  const { t } = useTranslation('audit');
  return [
    { key: 'action', header: t('action'), render: (act) => <code>{act.action}</code> },
    {
      key: 'actor',
      header: t('actor'),
      width: '1.3fr',
      render: (act) => `${act.actor} (${t(`kind.${act.actor_kind}`, { defaultValue: act.actor_kind })})`,
    },
    {
      key: 'target',
      header: t('target'),
      width: '1.5fr',
      render: (act) => (
        <Text size="xs" ff="monospace">
          {act.target ?? '–'}
        </Text>
      ),
    },
    { key: 'address', header: t('address'), hideOnPhone: true, render: (act) => act.address ?? '–' },
    { key: 'at', header: t('at'), render: (act) => <Time at={act.at} /> },
  ];
}
