import { Button, Collapse, Select, SimpleGrid, Stack } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TimeInput } from '../../ui/TimeInput';
import type { Draft } from './draft';

/** Rarely used delivery options: time, expiry, class, number check. */
export function WhenFields({ form }: { form: UseFormReturnType<Draft> }) {
  const { t } = useTranslation('messages');
  const [opened, { toggle }] = useDisclosure();
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <TimeInput
        label={t('compose.sendAt')}
        description={t('compose.sendAtHint')}
        {...form.getInputProps('send_at')}
        value={form.values.send_at}
        onChange={(at) => form.setFieldValue('send_at', at)}
      />
      <Button
        mt="xs"
        variant="subtle"
        color="gray"
        size="compact-sm"
        leftSection={<Icon size={15} />}
        onClick={toggle}
        aria-expanded={opened}
      >
        {t('compose.more')}
      </Button>
      <Collapse expanded={opened}>
        <Stack gap="sm" pt="xs">
          <TimeInput
            label={t('compose.expiresAt')}
            description={t('compose.expiresAtHint')}
            {...form.getInputProps('expires_at')}
            value={form.values.expires_at}
            onChange={(at) => form.setFieldValue('expires_at', at)}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t('compose.class')}
              description={t(`compose.classHint.${form.values.class}`)}
              allowDeselect={false}
              data={(['transactional', 'bulk'] as const).map((value) => ({ value, label: t(`class.${value}`) }))}
              {...form.getInputProps('class')}
            />
            <Select
              label={t('compose.check')}
              description={t(`compose.checkHint.${form.values.check_number}`)}
              allowDeselect={false}
              data={(['skip', 'prefer', 'require'] as const).map((value) => ({
                value,
                label: t(`compose.checks.${value}`),
              }))}
              {...form.getInputProps('check_number')}
            />
          </SimpleGrid>
        </Stack>
      </Collapse>
    </div>
  );
}
