import { Anchor, Group, Text, Title } from '@mantine/core';
import { IconChevronLeft } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { Link } from 'react-router';
import classes from './PageHeader.module.css';

const CopyAsCurl = lazy(() => import('./CopyAsCurl'));

interface Props {
  title: string;
  /** One line below the title. */
  subtitle?: ReactNode;
  /** Beside the title: a state, a LiveMark. */
  badges?: ReactNode;
  /** The list this belongs to. */
  back?: { to: string; label: string };
  /** Buttons; the main one last. */
  actions?: ReactNode;
}

/** Head of every screen: title, state, actions. */
export function PageHeader({ title, subtitle, badges, back, actions }: Props) {
  useEffect(() => {
    document.title = `${title} · Wahana`;
  }, [title]);
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {back && (
          <Anchor component={Link} to={back.to} size="sm" className={classes.back}>
            <IconChevronLeft size={14} aria-hidden="true" /> {back.label}
          </Anchor>
        )}
        <Group gap="sm">
          <Title order={1}>{title}</Title>
          {badges}
        </Group>
        {subtitle && (
          <Text c="dimmed" component="div">
            {subtitle}
          </Text>
        )}
      </div>
      <Group gap="xs">
        <Suspense fallback={<span className={classes.curl} />}>
          <CopyAsCurl />
        </Suspense>
        {actions}
      </Group>
    </header>
  );
}
