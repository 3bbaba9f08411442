import { useZone } from '../time/useZone';
import classes from './Figures.module.css';

/** A row of large figures, each with its name. */
export function Figures({ figures }: { figures: [label: string, count: number][] }) {
  const { language } = useZone();
  const number = new Intl.NumberFormat(language);
  return (
    <dl className={classes.figures}>
      {figures.map(([label, count]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{number.format(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
