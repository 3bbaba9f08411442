import { Alert, Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asFault, OFFLINE } from '../api/problem';

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
  // One that is new to us stands there in the API's own words.
  const known = t(`problemTitle.${fault.code}`, { defaultValue: fault.title || t('problem.unexpected') });
  const title = offline ? t('problem.offline') : known;
  return (
    <Alert
      role="alert"
      variant="light"
      color={offline ? 'gray' : 'red'}
      title={title}
      icon={offline ? <IconPlugConnectedX /> : <IconAlertTriangle />}
    >
      {offline ? (
        <Text size="sm">{t('problem.offlineDetail')}</Text>
      ) : (
        // The API explains in English.
        <Text size="sm" lang="en">
          {fault.detail}
        </Text>
      )}
      {fault.errors?.map((each) => (
        <Text size="sm" lang="en" key={each.field + each.detail}>
          <Code>{each.field}</Code> {each.detail}
        </Text>
      ))}
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
