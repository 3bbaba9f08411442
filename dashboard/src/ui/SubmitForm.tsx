import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';
import type { useSubmit } from './useSubmit';

interface Props {
  /** What `useSubmit` gave. */
  sending: ReturnType<typeof useSubmit>;
  /** The words on the button: what it does. */
  label: string;
  color?: string;
  disabled?: boolean;
  /** Leaves without sending; the buttons then stand at the end, as in a dialog. */
  onCancel?: () => void;
  /** One button as wide as the form. */
  wide?: boolean;
  children: ReactNode;
}

/** Layout of every form: problem, fields, buttons. */
export function SubmitForm({ sending, label, color, disabled, onCancel, wide, children }: Props) {
  const { t } = useTranslation('common');
  const { submit, running, error } = sending;
  return (
    <form onSubmit={submit}>
      <Stack>
        {error !== undefined && <ProblemAlert error={error} />}
        {children}
        <Group justify={onCancel ? 'flex-end' : 'flex-start'}>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            color={color}
            disabled={disabled}
            loading={running}
            fullWidth={wide}
            size={wide ? 'md' : undefined}
          >
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
