import { Drawer } from '@mantine/core'
import { IconArrowsJoin, IconSearch, IconUserSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { personHeader, searchPersons } from '../../persons/contract/queries.ts'
import { formatDay } from '../../platform/contract/dates.ts'
import { newId, type PersonId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { Button } from '../../platform/web/display/Button.tsx'
import { EmptyState } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { comparesIdentities } from '../contract/access.ts'
import { pointAt } from '../contract/actions.ts'

/** « Ces deux dossiers sont la même personne »: the other one is chosen among those that one sees, and both are compared. */
export function PointAtDuplicate({ personId }: { readonly personId: PersonId }): ReactNode {
  const [open, setOpen] = useState(false)
  const actor = useActor()
  if (!comparesIdentities(actor, undefined, undefined).allowed) return null
  return (
    <>
      <Button small quiet icon={IconArrowsJoin} onClick={() => setOpen(true)}>
        Signaler un doublon
      </Button>
      <Drawer opened={open} onClose={() => setOpen(false)} position="right" size={520} title="Un autre dossier de la même personne">
        {open ? <ChooseOther personId={personId} /> : null}
      </Drawer>
    </>
  )
}

function ChooseOther({ personId }: { readonly personId: PersonId }): ReactNode {
  const navigate = useNavigate()
  const header = useJalonQuery(personHeader, { personId })
  const [text, setText] = useState<string | null>(null)
  const known = header.data?.person
  const words = text ?? (known ? (known.usedName ?? known.birthName) : '')
  const asked = words.trim().length >= 2
  const found = useJalonQuery(searchPersons, { text: words, limit: 12 }, { enabled: asked, keepPrevious: true })
  const point = useAction(pointAt, null, { onDone: ({ id }) => void navigate({ to: '/doublons/$pairId', params: { pairId: id } as never }) })
  return (
    <div className="stack stack--3">
      <p className="small mut">
        {typo('Vous comparerez les deux dossiers, trait par trait. Rien n’est réuni avant qu’une autre personne l’ait validé, et tout se défait.')}
      </p>
      <TextField
        value={words}
        onChange={setText}
        label="Chercher l’autre dossier"
        hint="nom, prénom, date de naissance"
        icon={IconSearch}
        inputMode="search"
        maxLength={200}
        span={12}
        autoFocus
      />
      {point.error ? (
        <p className="t-warning" role="alert">
          {point.error.message}
        </p>
      ) : null}
      {asked ? (
        <QueryState
          query={found}
          isEmpty={(data) => data.rows.every((row) => row.personId === personId)}
          empty={
            <EmptyState icon={IconUserSearch} title="Aucun autre dossier à ce nom">
              Cherchez par la date de naissance ou par le téléphone : le nom y est peut-être écrit autrement.
            </EmptyState>
          }
        >
          {(data) => (
            <ul className="lines" aria-label="Dossiers">
              {data.rows
                .filter((row) => row.personId !== personId)
                .map((row) => (
                  <li key={row.personId}>
                    <span className="row wrap" style={{ justifyContent: 'space-between' }}>
                      <span>
                        <b>{formatPersonName(row)}</b>
                        <span className="small mut" style={{ display: 'block' }}>
                          {[row.birthDay ? formatDay(row.birthDay) : 'date inconnue', row.commune].filter(Boolean).join(' · ')}
                        </span>
                      </span>
                      <Button small blocked={point.pending} onClick={() => void point.run({ id: newId(), personId, otherId: row.personId } as never)}>
                        Comparer
                      </Button>
                    </span>
                  </li>
                ))}
            </ul>
          )}
        </QueryState>
      ) : null}
    </div>
  )
}
