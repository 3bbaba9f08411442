import { Anchor, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { Link } from 'react-router';
import classes from './Overview.module.css';

/** A section of Home. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Title order={2} id={id}>
        {title}
      </Title>
      {children}
    </section>
  );
}

interface PanelProps {
  title: string;
  /** The list that it shows the beginning of. */
  all: { to: string; label: string };
  children: ReactNode;
}

/** The beginning of a list. */
export function Panel({ title, all, children }: PanelProps) {
  return (
    <Paper withBorder className={classes.panel}>
      <div className={classes.panelHead}>
        <Title order={3}>{title}</Title>
        <Anchor component={Link} to={all.to} size="sm">
          {all.label}
        </Anchor>
      </div>
      {children}
    </Paper>
  );
}

/** There is nothing to show yet: why, and what to do. */
export function Nothing({ children, to, action }: { children: ReactNode; to?: string; action?: string }) {
  return (
    <Text c="dimmed" size="sm" className={classes.nothing}>
      {children}{' '}
      {to && (
        <Anchor component={Link} to={to} size="sm" underline="always">
          {action}
        </Anchor>
      )}
    </Text>
  );
}
