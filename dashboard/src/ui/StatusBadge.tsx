import classes from './StatusBadge.module.css';

/** Each tone has a colour and a shape; the text says the rest. */
export type Tone = 'good' | 'busy' | 'wait' | 'warn' | 'bad' | 'off';

const SHAPES: Record<Tone, React.ReactNode> = {
  good: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  busy: (
    <>
      <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  wait: <circle cx="6" cy="6" r="3.8" fill="none" stroke="currentColor" strokeWidth="1.8" />,
  warn: <path d="M6 1.2 11.2 10.6H.8z" fill="currentColor" />,
  bad: <path d="M3.6 1h4.8L11 3.6v4.8L8.4 11H3.6L1 8.4V3.6z" fill="currentColor" />,
  off: <path d="M2 6h8" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
};

export function ToneShape({ tone }: { tone: Tone }) {
  return (
    <svg className={classes.shape} data-tone={tone} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[tone]}
    </svg>
  );
}

/** A state: colour, shape and text. */
export function StatusBadge({ tone, label, title }: { tone: Tone; label: string; title?: string }) {
  return (
    <span className={classes.badge} data-tone={tone} title={title}>
      <ToneShape tone={tone} />
      {label}
    </span>
  );
}
