// Recognises an API id or a phone number that is typed or pasted into the palette.

const OPENS: [named: RegExp, address: (it: string) => string, operator?: boolean][] = [
  [/^msg_\w{26}$/, (id) => `/messages/${id}`],
  [/^cam_\w{26}$/, (id) => `/campaigns/${id}`],
  [/^ses_\w{26}$/, (id) => `/sessions/${id}`],
  [/^req_\w+$/, (id) => `/developers?tab=log&request=${id}`],
  [/^job_\w{26}$/, (id) => `/operations?tab=jobs&job=${id}`, true],
  [/^\+?\d[\d -]{6,}$/, (phone) => `/messages?phone=${encodeURIComponent(phone)}`],
];

/** Its address; undefined if the text is neither an id nor a number. */
export function jump(typed: string, operator: boolean): string | undefined {
  const it = typed.trim();
  return OPENS.find(([named, , only]) => named.test(it) && (operator || !only))?.[1](it);
}
