import { useState } from 'react'
import type { AnyQuery, RawInputOf } from '../../platform/contract/action.ts'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery, saveFile } from '../../platform/web/api/client.ts'
import { toast } from '../../platform/web/display/toast.tsx'

interface FileAnswer {
  readonly fileName: string
  readonly contentType: string
  readonly base64: string
}

/** Asks for a file and saves it; says which one is being made. */
export function useFileAnswer(): {
  readonly making: string | null
  readonly save: <C extends AnyQuery>(contract: C, input: RawInputOf<C>, key?: string) => Promise<void>
} {
  const [making, setMaking] = useState<string | null>(null)
  return {
    making,
    save: async (contract, input, key = contract.name) => {
      setMaking(key)
      try {
        const { base64, contentType, fileName } = (await callQuery(contract, input)) as FileAnswer
        saveFile(new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: contentType }), fileName)
      } catch (error) {
        toast({ text: errorDetail(error), tone: 'warning' })
      } finally {
        setMaking(null)
      }
    },
  }
}
