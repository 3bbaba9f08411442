import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { asFault } from '../api/problem';
import { fieldErrors } from '../components/ProblemWords';

interface Result<Data> {
  data?: Data;
  error?: unknown;
}

/**
 * Sends a form: what the API says about a field stands at that input, all else comes back as `error` for a
 * `ProblemAlert`. What was typed stays.
 */
export function useSubmit<Values extends Record<string, unknown>, Data>(
  form: UseFormReturnType<Values>,
  call: (values: Values) => Promise<Result<Data>>,
  done: (data: Data) => void,
) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = form.onSubmit(async (values) => {
    setRunning(true);
    setError(undefined);
    try {
      const result = await call(values);
      if (result.error !== undefined) throw result.error;
      done(result.data as Data);
    } catch (problem) {
      const known = Object.entries(fieldErrors(problem)).filter(([field]) => (field.split('.')[0] ?? '') in values);
      form.setErrors(Object.fromEntries(known));
      const { field } = asFault(problem);
      setError(known.length > 0 && field ? undefined : problem);
    } finally {
      setRunning(false);
    }
  });
  return { submit, running, error };
}
