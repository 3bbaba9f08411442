import { Alert, Button, CopyButton, Group } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asFault, OFFLINE } from '../api/problem';
import { ProblemText, ProblemTitle } from '../components/ProblemWords';
import classes from './ProblemAlert.module.css';

interface Props {
  error: unknown;
  /** Tries what failed once more. */
  onRetry?: () => void;
}

/** Retrying these would be refused again. */
const SAME_AGAIN = new Set([403, 404, 422]);

/** What went wrong, what to do, and the id under which the operator finds it. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation('common');
  const fault = asFault(error);
  const offline = fault.code === OFFLINE;
  const again = SAME_AGAIN.has(fault.status ?? 0) ? undefined : onRetry;
  return (
    <Alert
      role="alert"
      variant="light"
      color={offline ? 'gray' : 'red'}
      title={<ProblemTitle fault={fault} />}
      icon={offline ? <IconPlugConnectedX /> : <IconAlertTriangle />}
    >
      <ProblemText fault={fault} />
      {(again || fault.requestId) && (
        <Group mt="xs" gap="sm">
          {again && (
            <Button size="compact-sm" variant="default" onClick={again}>
              {t('action.retry')}
            </Button>
          )}
          {fault.requestId && <RequestId id={fault.requestId} />}
        </Group>
      )}
    </Alert>
  );
}

function RequestId({ id }: { id: string }) {
  const { t } = useTranslation('common');
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={copy}
          classNames={{ root: classes.id, label: classes.id }}
        >
          {copied ? t('action.copied') : t('problem.requestId', { id })}
        </Button>
      )}
    </CopyButton>
  );
}
