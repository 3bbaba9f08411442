import { Button, Group, Paper, Skeleton, Stack, Table } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { $api } from '../../api/client';
import type { Model } from '../../api/types';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Progress } from '../../ui/Progress';
import { StatusBadge } from '../../ui/StatusBadge';
import { saveFile } from '../../ui/saveFile';
import { Time } from '../../ui/Time';
import classes from './Check.module.css';
import { csvOf } from './csv';

const POLL_MS = 3000;

/** Results so far; refetched until none is waiting. */
export function CheckResult({ id, onAgain }: { id: string; onAgain: () => void }) {
  const { t } = useTranslation('contacts');
  const { data, error, refetch } = $api.useQuery(
    'get',
    '/api/v1/contacts/check/{id}',
    { params: { path: { id } } },
    { refetchInterval: ({ state }) => (state.data && state.data.waiting === 0 ? false : POLL_MS) },
  );
  if (!data) return error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : <Skeleton h={240} />;
  const total = data.items.length;
  const save = () => {
    const rows = data.items.map(({ phone, on_whatsapp, chat_id }) => [phone, answer(on_whatsapp), chat_id]);
    saveFile('numbers.csv', csvOf([['phone', 'on_whatsapp', 'chat_id'], ...rows]));
  };
  return (
    <Paper withBorder className={classes.card}>
      <Stack>
        {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
        <Progress done={total - data.waiting} total={total} label={t('check.progress')} animated={data.waiting > 0} />
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('field.phone')}</Table.Th>
              <Table.Th>{t('check.answer')}</Table.Th>
              <Table.Th>{t('check.asked')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.items.map((number) => (
              <Row key={number.phone} number={number} />
            ))}
          </Table.Tbody>
        </Table>
        <Group justify="flex-end">
          <Button variant="default" leftSection={<IconDownload size={16} />} onClick={save}>
            {t('check.download')}
          </Button>
          <Button onClick={onAgain}>{t('check.again')}</Button>
        </Group>
      </Stack>
    </Paper>
  );
}

const answer = (on: boolean | null | undefined) => (on === true ? 'yes' : on === false ? 'no' : 'waiting');
const TONES = { yes: 'good', no: 'off', waiting: 'wait' } as const;

function Row({ number }: { number: Model<'NumberView'> }) {
  const { t } = useTranslation('contacts');
  const said = answer(number.on_whatsapp);
  return (
    <Table.Tr>
      <Table.Td className="tabular">{number.phone}</Table.Td>
      <Table.Td>
        <StatusBadge tone={TONES[said]} label={t(`check.said.${said}`)} />
      </Table.Td>
      <Table.Td>
        <Time at={number.checked_at} />
      </Table.Td>
    </Table.Tr>
  );
}
