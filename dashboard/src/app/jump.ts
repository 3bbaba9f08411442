// What is typed or pasted into the palette may be the name of one thing: an id of the API, or a number.

const OPENS: [named: RegExp, address: (it: string) => string, operator?: boolean][] = [
  [/^msg_\w{26}$/, (id) => `/messages/${id}`],
  [/^cam_\w{26}$/, (id) => `/campaigns/${id}`],
  [/^ses_\w{26}$/, (id) => `/sessions/${id}`],
  [/^req_\w+$/, (id) => `/developers?tab=log&request=${id}`],
  [/^job_\w{26}$/, (id) => `/operations?tab=jobs&job=${id}`, true],
  [/^\+?\d[\d -]{6,}$/, (phone) => `/messages?phone=${encodeURIComponent(phone)}`],
];

/** Where it is shown; nothing, if it is no name of a thing. */
export function jump(typed: string, operator: boolean): string | undefined {
  const it = typed.trim();
  return OPENS.find(([named, , only]) => named.test(it) && (operator || !only))?.[1](it);
}
