import { type ReactNode, useState } from 'react'
import { errorDetail } from '../../platform/web/api/api-error.ts'
import { callQuery } from '../../platform/web/api/client.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { DayField } from '../../platform/web/form/DayField.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { typo } from '../../platform/web/text/typography.ts'
import { traceSubject } from '../contract/queries.ts'

/**
 * The person who asks who opened her file, by her whole identity: whoever reads traces opens no file, and learns nothing but that it is she. What is
 * typed stays in the page; the address keeps the number of the file.
 */
export function SubjectSearch({ personId, onFound }: { readonly personId: string | undefined; readonly onFound: (id: string | null) => void }): ReactNode {
  const [traits, setTraits] = useState({ birthName: '', givenName: '', birthDate: '' })
  const [said, setSaid] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const set = (name: keyof typeof traits) => (value: string) => setTraits((old) => ({ ...old, [name]: value }))
  if (personId !== undefined) {
    return (
      <div className="stack" style={{ gridColumn: 'span 12' }}>
        <p className="small">
          {typo('Une seule personne : ')}
          <b>{shortNumber(personId)}</b>
        </p>
        <Button small quiet onClick={() => onFound(null)}>
          Toutes les personnes
        </Button>
      </div>
    )
  }
  const search = async (): Promise<void> => {
    setAsking(true)
    setSaid(null)
    try {
      const found = await callQuery(traceSubject, traits)
      if (found.personId === null) setSaid('Aucune personne, ou plusieurs, avec cette identité exacte.')
      else onFound(found.personId)
    } catch (error) {
      setSaid(errorDetail(error))
    } finally {
      setAsking(false)
    }
  }
  return (
    <details style={{ gridColumn: 'span 12' }}>
      <summary>Une personne qui demande ses accès</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void search()
        }}
      >
        <TextField label="Nom de naissance" span={12} value={traits.birthName} onChange={set('birthName')} />
        <TextField label="Premier prénom" span={6} value={traits.givenName} onChange={set('givenName')} />
        <DayField label="Date de naissance" span={6} value={traits.birthDate} onChange={set('birthDate')} />
        <Button small type="submit" disabled={asking}>
          Chercher ses accès
        </Button>
        {said === null ? null : (
          <p className="small" role="status" style={{ gridColumn: 'span 12' }}>
            {said}
          </p>
        )}
      </form>
    </details>
  )
}

/** The end of the number of a file: enough to tell two apart, nothing of the person. */
export function shortNumber(personId: string): string {
  return `dossier …${personId.slice(-8)}`
}
