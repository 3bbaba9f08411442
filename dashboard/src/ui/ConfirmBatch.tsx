import { notifications } from '@mantine/notifications';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmImpact } from './ConfirmImpact';
import { Progress } from './Progress';

interface Batch {
  changed: number;
  /** Of the same selection, not changed yet. */
  left: number;
}

interface Props {
  title: string;
  /** What will happen, in a sentence. */
  children: ReactNode;
  confirm: string;
  /** Text to type before the most destructive actions. */
  typed?: string;
  /** With `preview` only counts; otherwise does one part. */
  ask: (preview: boolean) => Promise<{ data?: Batch; error?: unknown }>;
  /** The lines that describe this count. */
  impact: (count: number) => string[];
  /** What is told when it is done. */
  done: (count: number) => string;
  /** Path prefix of the lists to refetch afterwards. */
  changes: string;
  onClose: () => void;
  onDone?: () => void;
}

/** Confirmation of a bulk action: counts first, then works part by part until none is left. */
export function ConfirmBatch({ ask, impact, done, changes, children, onClose, onDone, ...question }: Props) {
  const { t } = useTranslation('common');
  const client = useQueryClient();
  const [finished, setFinished] = useState<number>();
  const part = async (preview: boolean) => {
    const { data, error } = await ask(preview);
    if (!data) throw error;
    return data;
  };
  const counted = useQuery({ queryKey: ['batch', question.title], queryFn: () => part(true), gcTime: 0, staleTime: 0 });
  const act = async () => {
    let sum = 0;
    for (let left = 1; left > 0; ) {
      const told = await part(false);
      sum += told.changed;
      setFinished(sum);
      // What cannot be changed stays; asking again would not help.
      left = told.changed > 0 ? told.left : 0;
    }
    notifications.show({ message: done(sum) });
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[1]).startsWith(changes) });
    onDone?.();
  };
  const total = counted.data?.left;
  return (
    <ConfirmImpact
      {...question}
      opened
      onClose={onClose}
      impact={total === undefined ? undefined : impact(total)}
      disabled={total === 0}
      error={counted.error}
      onConfirm={act}
    >
      {children}
      {finished !== undefined && total !== undefined && (
        <Progress done={finished} total={total} label={t('confirm.progress')} />
      )}
    </ConfirmImpact>
  );
}
