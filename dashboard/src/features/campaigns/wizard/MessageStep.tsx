import { Paper, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../../../components/ProblemWords';
import { ProblemAlert } from '../../../ui/ProblemAlert';
import { useUnsaved } from '../../../ui/useUnsaved';
import { contentOf, type MessageValues, valuesOf } from './content';
import { MessageForm } from './MessageForm';
import { Preview } from './Preview';
import { StepFoot, type StepProps } from './StepFoot';
import { isConflict, useSaveDraft } from './useSaveDraft';
import classes from './wizard.module.css';

/** So long after the last key the text is saved, and the preview follows. */
const PAUSE_MS = 600;

/** The message: saved while typing, previewed for real people. */
export default function MessageStep({ campaign, go }: StepProps) {
  const { t } = useTranslation('campaigns');
  const form = useForm<MessageValues>({ initialValues: valuesOf(campaign.content) });
  const draft = useUnsaved(`campaign-message-${campaign.id}`, form);
  const save = useSaveDraft(campaign);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [settled] = useDebouncedValue(form.values, PAUSE_MS);

  const store = async (values: MessageValues): Promise<boolean> => {
    const content = contentOf(values);
    if (!content) return false;
    if (JSON.stringify(content) === JSON.stringify(contentOf(valuesOf(campaign.content)))) return true;
    setSaving(true);
    setProblem(undefined);
    form.clearErrors();
    try {
      await save({ content });
      draft.saved();
      return true;
    } catch (error) {
      const { 'content.text': text, 'content.caption': caption } = fieldErrors(error);
      if (text ?? caption) form.setFieldError('words', text ?? caption);
      else if (!isConflict(error)) setProblem(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  const latest = useRef(store);
  latest.current = store;
  useEffect(() => {
    void latest.current(settled);
  }, [settled]);

  const wrong = form.errors.words !== undefined || problem !== undefined;
  const next = async () => {
    if (await store(form.values)) go('senders');
    else if (!contentOf(form.values)) form.setFieldError('words', t('message.missing'));
  };
  return (
    <>
      <div className={classes.beside}>
        <Paper withBorder className={classes.panel}>
          <MessageForm form={form} campaign={campaign} />
          {!wrong && (
            <Saved saving={saving} complete={contentOf(form.values) !== undefined} draft={campaign.state === 'draft'} />
          )}
          {problem !== undefined && <ProblemAlert error={problem} onRetry={() => void store(form.values)} />}
        </Paper>
        <aside aria-label={t('preview.title')}>
          <Preview campaign={campaign} />
        </aside>
      </div>
      <StepFoot step="message" go={go} onNext={next} campaign={campaign} />
    </>
  );
}

function Saved({ saving, complete, draft }: { saving: boolean; complete: boolean; draft: boolean }) {
  const { t } = useTranslation('campaigns');
  return (
    <Text size="xs" c="dimmed" mt="xs" role="status">
      {saving && t('wizard.saving')}
      {!saving && complete && (draft ? t('wizard.saved') : t('wizard.savedForRest'))}
      {!complete && t('message.missing')}
    </Text>
  );
}
