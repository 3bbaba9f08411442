import { useTranslation } from 'react-i18next';
import type { Model } from '../../../api/types';
import type { Tone } from '../../../ui/StatusBadge';
import type { Campaign } from '../campaign';
import type { Step } from './StepList';

type Code = Model<'FindingCode'>;

export interface Finding {
  tone: Tone;
  text: string;
  /** The step where it can be fixed. */
  step: Step;
  /** Prevents the launch. */
  blocks?: boolean;
}

const TONES: Record<Model<'Weight'>, Tone> = { blocks: 'bad', warns: 'warn', notes: 'wait' };

const STEPS: Record<Code, Step> = {
  no_recipients: 'audience',
  nobody_left: 'audience',
  left_out: 'audience',
  bad_template: 'message',
  same_text: 'message',
  file_not_usable: 'message',
  file_not_ready: 'message',
  no_sender: 'senders',
  sender_not_healthy: 'senders',
  old_waha_server: 'senders',
  new_chat_quota: 'senders',
  short_pauses: 'senders',
  never_finishes: 'senders',
  deadline_missed: 'pace',
};

/** Errors that prevent a launch, and warnings. */
export function useFindings(campaign: Campaign, dryRun: Model<'DryRunView'> | undefined): Finding[] | undefined {
  const { t } = useTranslation('campaigns');
  if (!dryRun) return undefined;
  const words = (finding: Model<'FindingView'>) => {
    const sender = dryRun.senders.find((each) => each.session_id === finding.session_id);
    if (sender && finding.code === 'sender_not_healthy')
      return t('check.sender', { name: sender.name, health: t(`health.${sender.health}`) });
    const count = dryRun.people - dryRun.to_send;
    return t(`finding.${finding.code}`, { count, name: sender?.name, defaultValue: finding.detail });
  };
  const found = dryRun.findings.map(
    (finding): Finding => ({
      tone: TONES[finding.weight],
      text: words(finding),
      // Missing values are fixed in the text; suppressed people only in the list.
      step: finding.code === 'left_out' && dryRun.missing_variables.length > 0 ? 'message' : STEPS[finding.code],
      blocks: finding.weight === 'blocks',
    }),
  );
  if (campaign.rejected > 0)
    found.push({ tone: 'wait', text: t('check.refused', { count: campaign.rejected }), step: 'audience' });
  return found;
}
