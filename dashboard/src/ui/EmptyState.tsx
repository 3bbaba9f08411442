import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  /** Why it is empty, and what will be here. */
  children: ReactNode;
  /** The next step, as a button. */
  action?: ReactNode;
}

/** Nothing here yet: why, and what to do next. */
export function EmptyState({ icon, title, children, action }: Props) {
  return (
    <Stack className={classes.empty} align="center" gap="xs">
      <div className={classes.icon} aria-hidden="true">
        {icon}
      </div>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={440} ta="center">
        {children}
      </Text>
      {action && <div className={classes.action}>{action}</div>}
    </Stack>
  );
}
