import './duplicates.css'
import { IconArrowsJoin, IconArrowsSplit, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo, useState } from 'react'
import { newId } from '../../platform/contract/ids.ts'
import { useActor } from '../../platform/web/api/SessionProvider.tsx'
import { useAction } from '../../platform/web/api/use-action.ts'
import { useJalonQuery } from '../../platform/web/api/use-query.ts'
import { ActionButton } from '../../platform/web/display/ActionButton.tsx'
import { confirm } from '../../platform/web/display/confirm.tsx'
import { Notice } from '../../platform/web/display/Notice.tsx'
import { QueryState } from '../../platform/web/display/QueryState.tsx'
import { TextField } from '../../platform/web/form/TextField.tsx'
import { Bar, Card, CenterColumn, Columns, Section, SideColumn } from '../../platform/web/layout/Columns.tsx'
import { Page } from '../../platform/web/layout/Page.tsx'
import { useEvents } from '../../platform/web/live/use-events.ts'
import { usePathId } from '../../platform/web/router/use-path-id.ts'
import { formatInstant } from '../../platform/web/text/dates.ts'
import { formatPersonName } from '../../platform/web/text/names.ts'
import { typo } from '../../platform/web/text/typography.ts'
import { declineMerge, proposeMerge, setAside, undoMerge, validateMerge } from '../contract/actions.ts'
import { obstacles } from '../contract/errors.ts'
import { type Choices, type ChosenTrait, defaultChoices } from '../contract/merged-identity.ts'
import type { MergeTarget, Pair, PairId } from '../contract/pair.ts'
import { pairStateLabels } from '../contract/pair.ts'
import { duplicatePair } from '../contract/queries.ts'
import { CompareTable } from './CompareTable.tsx'
import { UndoneMerge } from './UndoneMerge.tsx'

/** Two identities side by side: which trait to keep, who stays, and what the second person validates. */
export function ComparePage(): ReactNode {
  const id = usePathId<PairId>('pairId')
  const pair = useJalonQuery(duplicatePair, { id })
  useEvents(['duplicates.*', 'persons.identity.*'])
  return (
    <Page title="Comparer deux identités" where={<Link to="/doublons">Doublons</Link>}>
      <QueryState query={pair}>{(data) => <Compare key={`${data.state}${data.merge?.id ?? ''}`} pair={data} />}</QueryState>
    </Page>
  )
}

/** The better status stays by default; at equal status, whoever has the longer file. */
function whoStays(pair: Pair): 'one' | 'other' {
  if (pair.merge !== null) return pair.merge.keptId === pair.one.person.personId ? 'one' : 'other'
  const rank = { PROV: 0, VALI: 1, RECUP: 2, QUAL: 3 }
  const [one, other] = [rank[pair.one.traits.identityStatus], rank[pair.other.traits.identityStatus]]
  return one === other ? ((pair.other.items ?? 0) > (pair.one.items ?? 0) ? 'other' : 'one') : other > one ? 'other' : 'one'
}

function Compare({ pair }: { readonly pair: Pair }): ReactNode {
  const [stays, setStays] = useState(() => whoStays(pair))
  const [kept, absorbed] = stays === 'one' ? [pair.one, pair.other] : [pair.other, pair.one]
  const defaults = useMemo(() => defaultChoices(kept.traits, absorbed.traits), [kept, absorbed])
  const [chosen, setChosen] = useState<Partial<Choices>>({})
  const choices: Choices = pair.merge?.choices ?? { ...defaults, ...chosen }
  const open = pair.state === 'to_review'
  return (
    <>
      <Bar title={`${formatPersonName(pair.one.person)} et ${formatPersonName(pair.other.person)}`}>
        <span className="mut">{pairStateLabels[pair.state]}</span>
      </Bar>
      <Columns kind="two" drawerLabel="Décider">
        <CenterColumn label="Comparaison" ground>
          <p className="small">
            <b>{pair.level === 'same' ? 'Sans doute la même personne' : 'Très proches'}</b>
            {'\u00a0'}: {pair.reasons.join(', ').replace(/[^?]$/, '$&.')}
          </p>
          <Card flush>
            <CompareTable
              kept={kept}
              absorbed={absorbed}
              choices={choices}
              onChoose={open ? (trait: ChosenTrait, side) => setChosen({ ...chosen, [trait]: side }) : undefined}
              onStay={
                open
                  ? () => {
                      setStays(stays === 'one' ? 'other' : 'one')
                      setChosen({})
                    }
                  : undefined
              }
            />
          </Card>
        </CenterColumn>
        <SideColumn side="right" label="Décider">
          <Decide pair={pair} kept={kept} absorbed={absorbed} choices={choices} />
        </SideColumn>
      </Columns>
    </>
  )
}

function Decide(props: { readonly pair: Pair; readonly kept: Pair['one']; readonly absorbed: Pair['one']; readonly choices: Choices }): ReactNode {
  const { pair, kept, absorbed, choices } = props
  const actor = useActor()
  // Why a merge was undone is most often why the two are no duplicate.
  const [reason, setReason] = useState(pair.undone?.reason ?? '')
  const propose = useAction(proposeMerge, pair)
  const aside = useAction(setAside, pair)
  const target: MergeTarget | null = pair.merge
    ? {
        id: pair.merge.id,
        pairId: pair.id,
        keptId: pair.merge.keptId,
        absorbedId: pair.merge.absorbedId,
        state: pair.merge.state,
        proposedBy: pair.merge.proposedBy,
      }
    : null
  const validate = useAction(validateMerge, target, { invalidates: ['persons'] })
  const decline = useAction(declineMerge, target)
  const undo = useAction(undoMerge, target, { invalidates: ['persons'] })
  const why = (label: string): ReactNode => <TextField value={reason} onChange={setReason} label={label} maxLength={300} />
  if (pair.state === 'to_review') {
    const same = (
      <Section title="C’est la même personne">
        <div className="decide">
          {pair.obstacle ? (
            <Notice tone="warning">{obstacles[pair.obstacle] ?? obstacles['already_merged']}</Notice>
          ) : (
            <>
              <p className="small">
                {typo(
                  'Les deux dossiers seront réunis dans celui qui reste, une fois qu’une autre personne l’aura validé. Si l’un d’eux est suivi par un autre service, une personne de ce service valide.',
                )}
              </p>
              <ActionButton
                main
                icon={IconArrowsJoin}
                action={propose}
                input={() =>
                  ({
                    id: newId(),
                    pairId: pair.id,
                    keptId: kept.person.personId,
                    choices,
                    keptVersion: kept.version,
                    absorbedVersion: absorbed.version,
                  }) as never
                }
              >
                Proposer la fusion
              </ActionButton>
            </>
          )}
        </div>
      </Section>
    )
    const apart = (
      <Section title="Pas un doublon">
        <div className="decide">
          {why('Pourquoi')}
          <ActionButton small={!pair.undone} main={Boolean(pair.undone)} icon={IconX} action={aside} input={() => ({ id: pair.id, reason })}>
            Ce sont deux personnes
          </ActionButton>
        </div>
      </Section>
    )
    // A merge that somebody undid was most often one of two people: that answer comes first.
    return pair.undone ? (
      <>
        <UndoneMerge undone={pair.undone} />
        {apart}
        {same}
      </>
    ) : (
      <>
        {same}
        {apart}
      </>
    )
  }
  if (pair.state === 'to_merge' && pair.merge)
    return (
      <>
        <Section title="À valider">
          <div className="decide">
            <p className="small">
              Proposé par <b>{pair.merge.proposedByName}</b>, le {formatInstant(pair.merge.proposedAt)}.
            </p>
            {pair.obstacle ? <Notice tone="warning">{obstacles[pair.obstacle] ?? ''}</Notice> : null}
            <ActionButton
              main
              icon={IconArrowsJoin}
              action={validate}
              input={{ id: pair.merge.id }}
              ask={() =>
                confirm({
                  title: 'Réunir les deux dossiers ?',
                  text: `Tout ce qui est dans le dossier de ${formatPersonName(absorbed.person)} sera lu dans celui qui reste. Vous pourrez défaire la fusion.`,
                  action: 'Réunir',
                })
              }
            >
              Valider la fusion
            </ActionButton>
          </div>
        </Section>
        <Section title={pair.merge.proposedBy === actor.userId ? 'Retirer la proposition' : 'Refuser'}>
          <div className="decide">
            {why('Pourquoi')}
            <ActionButton small icon={IconX} action={decline} input={() => ({ id: pair.merge?.id ?? '', reason }) as never}>
              {pair.merge.proposedBy === actor.userId ? 'Retirer' : 'Refuser la fusion'}
            </ActionButton>
          </div>
        </Section>
      </>
    )
  if (pair.state === 'merged' && pair.merge)
    return (
      <>
        <Section title="Dossiers réunis">
          <div className="decide">
            <p className="small">
              Proposé par <b>{pair.merge.proposedByName}</b>, validé par <b>{pair.merge.decidedByName}</b>
              {pair.merge.decidedAt ? ` le ${formatInstant(pair.merge.decidedAt)}` : ''}.
            </p>
            <p>
              <Link to="/personnes/$personId" params={{ personId: pair.merge.keptId } as never}>
                Ouvrir le dossier
              </Link>
            </p>
          </div>
        </Section>
        <Section title="Défaire la fusion">
          <div className="decide">
            <p className="small">
              {typo(
                'Chacun retrouve son dossier tel qu’il était. Ce qui a été écrit depuis reste avec ce à quoi il tient, sinon dans le dossier gardé : à trier.',
              )}
            </p>
            {why('Pourquoi')}
            <ActionButton small alert icon={IconArrowsSplit} action={undo} input={() => ({ id: pair.merge?.id ?? '', reason }) as never}>
              Défaire
            </ActionButton>
          </div>
        </Section>
      </>
    )
  return (
    <Section title="Pas un doublon">
      <div className="decide">
        <p className="small">
          {pair.reason} <span className="mut">{[pair.decidedByName, pair.decidedAt ? formatInstant(pair.decidedAt) : null].filter(Boolean).join(', ')}</span>
        </p>
      </div>
    </Section>
  )
}
