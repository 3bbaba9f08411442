import { Select, type SelectProps } from '@mantine/core';
import { useSessions } from './useSessions';

type Props = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  value: string | null;
  onChange: (id: string | null) => void;
};

/** Chooses one of the organization's sessions. */
export default function SessionSelect({ value, onChange, ...props }: Props) {
  const { sessions } = useSessions();
  const data = sessions.map((session) => ({
    value: session.id,
    label: session.phone ? `${session.name} · ${session.phone}` : session.name,
  }));
  return <Select {...props} searchable data={data} value={value} onChange={(id) => onChange(id)} />;
}
