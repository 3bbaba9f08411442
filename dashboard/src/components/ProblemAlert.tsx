import { Alert, Button, CopyButton, Group } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asFault, OFFLINE } from '../api/problem';
import { ProblemText, ProblemTitle } from './ProblemWords';

interface Props {
  error: unknown;
  /** Tries what failed once more. */
  onRetry?: () => void;
}

/** What went wrong, what to do, and the id under which the operator finds it. */
export function ProblemAlert({ error, onRetry }: Props) {
  const { t } = useTranslation('common');
  const fault = asFault(error);
  const offline = fault.code === OFFLINE;
  return (
    <Alert
      role="alert"
      variant="light"
      color={offline ? 'gray' : 'red'}
      title={<ProblemTitle fault={fault} />}
      icon={offline ? <IconPlugConnectedX /> : <IconAlertTriangle />}
    >
      <ProblemText fault={fault} />
      {(onRetry || fault.requestId) && (
        <Group mt="xs" gap="sm">
          {onRetry && (
            <Button size="compact-sm" variant="default" onClick={onRetry}>
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
        <Button size="compact-xs" variant="subtle" color="gray" onClick={copy}>
          {copied ? t('action.copied') : t('problem.requestId', { id })}
        </Button>
      )}
    </CopyButton>
  );
}
