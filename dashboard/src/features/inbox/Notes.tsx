import { Alert, Button } from '@mantine/core';
import { IconArrowsJoin, IconBan, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { asFault } from '../../api/problem';
import { type Conversation, isHidden } from './conversation';

interface Props {
  conversation: Conversation;
  /** Error of the last refetch. */
  error: unknown;
  onClose: () => void;
}

/** Notes about the person, above the reply box. */
export function Notes({ conversation, error, onClose }: Props) {
  const { t } = useTranslation('inbox');
  const { suppressed } = conversation;
  const gone = Boolean(error) && asFault(error).status === 404;
  return (
    <>
      {suppressed && (
        <Alert color="orange" variant="light" radius={0} py={8} icon={<IconBan />}>
          {t(`suppressed.${suppressed}`, { defaultValue: suppressed })}
        </Alert>
      )}
      {isHidden(conversation) && !gone && (
        <Alert color="blue" variant="light" radius={0} py={8} icon={<IconEyeOff />}>
          {t('hidden.detail')}
        </Alert>
      )}
      {gone && (
        <Alert color="blue" variant="light" radius={0} py={8} icon={<IconArrowsJoin />}>
          {t('moved')}{' '}
          <Button size="compact-sm" variant="default" onClick={onClose}>
            {t('back')}
          </Button>
        </Alert>
      )}
    </>
  );
}
