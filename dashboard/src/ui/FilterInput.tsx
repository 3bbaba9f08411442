import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const TYPING_MS = 350;

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | undefined;
  onChange: (value: string | null) => void;
  /** Minimum number of letters to search for. */
  shortest?: number;
};

/** A text filter, debounced. */
export function FilterInput({ value, onChange, shortest = 1, ...props }: Props) {
  const [text, setText] = useState(value ?? '');
  // Not in an effect: effects run again when the list suspends, and would overwrite what is being typed.
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value ?? '');
  }
  const tell = useDebouncedCallback((typed: string) => {
    const trimmed = typed.trim();
    if (trimmed.length >= shortest || trimmed === '') onChange(trimmed || null);
  }, TYPING_MS);
  return (
    <TextInput
      w={{ base: '100%', xs: 180 }}
      {...props}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
