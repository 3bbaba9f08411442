import { Button, Group, Loader, Paper, Stack, Text } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/ProblemAlert';
import { Drop } from './Drop';
import { Found } from './Found';
import classes from './imports.module.css';
import { Outcome } from './Outcome';
import { People } from './People';
import { SettingsFields } from './SettingsFields';
import { isBusy, type Settings, upload, useImport } from './useImport';

interface Props {
  /** The draft that gets the people; without it the address book does. */
  campaign?: string;
  /** Something was saved, or taken back. */
  onChange: () => void;
}

/** Drop a list, see what was recognised and what is refused, then import it, and take it back if it was wrong. */
export function Importer({ campaign, onChange }: Props) {
  const { t } = useTranslation('imports');
  const [id, setId] = useState<string>();
  const [running, setRunning] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const { query, keep, change, check, start, undo, rejects } = useImport(id);
  const found = id === undefined ? undefined : query.data;
  const act = async (work: () => Promise<unknown>) => {
    setRunning(true);
    setFailed(undefined);
    try {
      await work();
    } catch (problem) {
      setFailed(problem);
    } finally {
      setRunning(false);
    }
  };
  const choose = (file: File) =>
    act(async () => {
      const made = await upload(file, campaign);
      keep(made);
      setId(made.id);
      if (!made.preview.problem) await check(made.id);
    });
  const read = (settings: Settings) =>
    act(async () => {
      const changed = await change(settings);
      if (!changed.preview.problem) await check(changed.id);
    });
  useEnd(found?.state, onChange);
  const problem = failed !== undefined && <ProblemAlert error={failed} />;
  if (!found)
    return (
      <Stack>
        <Drop running={running} onFile={(file) => void choose(file)} />
        {problem}
      </Stack>
    );
  const ended = found.started_at !== null || found.state === 'failed';
  const ready = found.state === 'checked' && found.added + found.changed > 0;
  const people = campaign ? found.added : found.added + found.changed;
  return (
    <Paper withBorder className={classes.card}>
      <Stack>
        <Found found={found} />
        {problem}
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {!ended && (
          <>
            <SettingsFields found={found} forContacts={!campaign} disabled={running} onChange={(to) => void read(to)} />
            <People preview={found.preview} />
          </>
        )}
        <Outcome found={found} forContacts={!campaign} fetchRejects={rejects} />
        <Foot busy={isBusy(found.state)} words={t(`state.${found.state}`)}>
          {!ended && (
            <Button onClick={() => void act(start)} loading={running} disabled={!ready}>
              {campaign ? t('add', { count: people }) : t('import', { count: people })}
            </Button>
          )}
          {found.state === 'done' && (
            <Button variant="default" onClick={() => void act(undo)} loading={running}>
              {t('undo')}
            </Button>
          )}
          <Button variant="default" disabled={isBusy(found.state) && ended} onClick={() => setId(undefined)}>
            {t('other')}
          </Button>
        </Foot>
      </Stack>
    </Paper>
  );
}

/** Tells once when the import ended or was taken back. */
function useEnd(state: string | undefined, onEnd: () => void) {
  const before = useRef(state);
  useEffect(() => {
    const changed = before.current !== state;
    before.current = state;
    if (changed && (state === 'done' || state === 'undone')) onEnd();
  });
}

function Foot({ busy, words, children }: { busy: boolean; words: string; children: ReactNode }) {
  return (
    <Group justify="space-between">
      <Group gap="xs" role="status">
        {busy && <Loader size="xs" aria-hidden="true" />}
        <Text size="sm" fw={500}>
          {words}
        </Text>
      </Group>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
