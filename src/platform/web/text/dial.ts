/** The address that makes the user's own telephone or softphone dial: the one port of calls that leave. Takes digits as the directory keeps them. */
export function dial(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '')
  return `tel:${/^0[1-9]\d{8}$/.test(digits) ? `+33${digits.slice(1)}` : digits}`
}
