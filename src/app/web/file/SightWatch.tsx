import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { watchSight } from './sight-watch.ts'

/** Mounted once, behind the login: what a person or a DAC closes goes from every page at once. */
export function SightWatch(): null {
  const client = useQueryClient()
  useEffect(() => watchSight(client), [client])
  return null
}
