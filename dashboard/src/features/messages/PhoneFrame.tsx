import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './PhoneFrame.module.css';

interface Props {
  /** Whose chat it is. */
  title: string;
  children: ReactNode;
}

/** A phone with a chat, to preview a message. */
export function PhoneFrame({ title, children }: Props) {
  return (
    <div className={classes.phone}>
      <div className={classes.top}>
        <span className={classes.face} aria-hidden="true">
          {title.slice(0, 1).toUpperCase()}
        </span>
        <Text size="sm" fw={600} truncate>
          {title}
        </Text>
      </div>
      <div className={classes.chat}>{children}</div>
    </div>
  );
}

/** One message in it. `media` stands above the text. */
export function Bubble({
  media,
  text,
  footer,
  mine = true,
}: {
  media?: ReactNode;
  text: string;
  footer?: string;
  mine?: boolean;
}) {
  return (
    <div className={classes.bubble} data-mine={mine}>
      {media}
      {text && <span className={classes.text}>{formatted(text)}</span>}
      {footer && <span className={classes.footer}>{footer}</span>}
    </div>
  );
}

const MARKS: Record<string, (text: string, key: number) => ReactNode> = {
  '*': (text, key) => <strong key={key}>{text}</strong>,
  _: (text, key) => <em key={key}>{text}</em>,
  '~': (text, key) => <s key={key}>{text}</s>,
};

/** WhatsApp's *bold*, _italic_ and ~struck~. */
export function formatted(text: string): ReactNode[] {
  return text
    .split(/((?<![\w*])\*[^*\n]+\*(?!\w)|(?<!\w)_[^_\n]+_(?!\w)|(?<![\w~])~[^~\n]+~(?!\w))/g)
    .map((part, key) => {
      const mark = part.length > 2 && part.endsWith(part[0] ?? '') ? MARKS[part[0] ?? ''] : undefined;
      return mark ? mark(part.slice(1, -1), key) : part;
    });
}
