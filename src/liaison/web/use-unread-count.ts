/** News not yet opened in the files of this user; null while unknown or without files: no bell then. */
export function useUnreadCount(): number | null {
  return null
}
