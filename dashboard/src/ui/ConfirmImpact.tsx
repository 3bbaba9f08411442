import { Button, Group, List, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, in a sentence. */
  children: ReactNode;
  /** What is affected, one line each ("12 waiting messages are cancelled"); undefined while counting. */
  impact: string[] | undefined;
  /** The words on the button: what it does, not "OK". */
  confirm: string;
  /** Text to type before the most destructive actions, such as the name of the thing. */
  typed?: string;
  /** There is nothing to do. */
  disabled?: boolean;
  /** Why it could not be counted. */
  error?: unknown;
  onConfirm: () => Promise<unknown>;
}

/** Confirmation of a destructive action; lists what is affected. */
export function ConfirmImpact(props: Props) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={<Text fw={650}>{props.title}</Text>}>
      {props.opened && <Question {...props} />}
    </Modal>
  );
}

function Question({ onClose, children, impact, confirm, typed, onConfirm, disabled, error: uncounted }: Props) {
  const { t } = useTranslation('common');
  const [text, setText] = useState('');
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const act = async () => {
    setRunning(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
    } finally {
      setRunning(false);
    }
  };
  const ready = impact !== undefined && !disabled && (!typed || text === typed);
  return (
    <Stack gap="md">
      <Text component="div">{children}</Text>
      {impact === undefined && !uncounted && <Skeleton h={40} />}
      {impact && impact.length > 0 && (
        <List size="sm" spacing={4} aria-label={t('confirm.impact')}>
          {impact.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      {typed && (
        <TextInput
          label={t('confirm.type', { name: typed })}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
      {(error ?? uncounted) ? <ProblemAlert error={error ?? uncounted} /> : null}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('action.keep')}
        </Button>
        <Button color="red.9" disabled={!ready} loading={running} onClick={act}>
          {confirm}
        </Button>
      </Group>
    </Stack>
  );
}
