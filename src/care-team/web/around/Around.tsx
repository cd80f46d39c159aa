import { type ReactNode, useState } from 'react'
import type { Silence } from '../../../persons/contract/person.ts'
import { CircleGraph, type CircleMember } from '../../../platform/web/chart/CircleGraph.tsx'
import { Segmented } from '../../../platform/web/form/SegmentedChoice.tsx'
import { useValueLabels } from '../../../platform/web/lists/value-lists.tsx'
import { formatCivilName, formatPersonName, initials } from '../../../platform/web/text/names.ts'
import { plural } from '../../../platform/web/text/typography.ts'
import type { Member } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { memberInitials, shortName, shortRole, silenceShort, silenceTowards, toneOf } from '../member/member-words.ts'
import { useRoleOrder } from '../member/use-role-order.ts'
import { AroundList } from './AroundList.tsx'

/** More would touch on the drawing; the list holds them all. */
const ringPlaces = 10
const innerPlaces = 5

/** Who stands around the person: drawn, or as a list in the same order. */
export function Around(props: { readonly circle: CircleData; readonly onOpen: (member: Member) => void }): ReactNode {
  const { circle, onOpen } = props
  const [view, setView] = useState<'ring' | 'list'>('ring')
  const label = useValueLabels()
  const inRoleOrder = useRoleOrder()
  const current = inRoleOrder(circle.members.filter((member) => member.current))
  const inner = current.filter(({ kind }) => kind === 'relative')
  const ring = current.filter(({ kind }) => kind !== 'relative')
  const drawn = (member: Member): CircleMember => {
    const silence: Silence | undefined = silenceTowards(member, circle.silences)
    return {
      key: member.id,
      name: shortName(member),
      initials: memberInitials(member),
      role: silence?.kind === 'tell_nothing' ? silenceShort(silence) : shortRole(member, label),
      tone: toneOf(member, silence),
      noAccess: !member.sees,
    }
  }
  const beyond = Math.max(0, ring.length - ringPlaces) + Math.max(0, inner.length - innerPlaces)
  const { person } = circle
  return (
    <>
      <div className="row sp">
        <h2>Autour {person.sex === 'M' ? 'de lui' : person.sex === 'F' ? 'd’elle' : 'de la personne'}</h2>
        <Segmented
          label="Présentation"
          inline
          value={view}
          onChange={setView}
          options={[
            { value: 'ring', label: 'Cercle' },
            { value: 'list', label: 'Liste' },
          ]}
        />
      </div>
      {view === 'list' ? (
        <AroundList circle={circle} onOpen={onOpen} />
      ) : (
        <>
          <CircleGraph
            person={{ name: formatCivilName(person), initials: initials(formatPersonName(person).split(' ').reverse().join(' ')) }}
            inner={inner.slice(0, innerPlaces).map(drawn)}
            ring={ring.slice(0, ringPlaces).map(drawn)}
            label={`Cercle de ${formatCivilName(person)}\u00a0: ${plural(inner.length, 'proche')} et ${plural(ring.length, 'autre membre', 'autres membres')}. Le détail est dans la liste.`}
          />
          <ul className="stack small mut circle-legend">
            <li>
              <b>Au centre</b>, ses proches. <b>Sur l’anneau</b>, l’équipe de soins{'\u00a0'}: chacun voit les volets de son métier.
            </li>
            <li>
              <b>En pointillé</b>, aucun accès au dossier.{' '}
              {beyond > 0 ? (
                <button type="button" className="linklike" onClick={() => setView('list')}>
                  {plural(beyond, 'autre', 'autres')} dans la liste
                </button>
              ) : null}
            </li>
          </ul>
        </>
      )}
    </>
  )
}
