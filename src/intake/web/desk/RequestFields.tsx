import { IconUserOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { hitSentence } from '../../../directory/contract/hit.ts'
import { ageOn } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { communeLabel } from '../../../territory/contract/commune.ts'
import { dacForCommune } from '../../../territory/contract/queries.ts'
import { kindOfFacet } from '../../contract/caller.ts'
import { blockedBy } from '../../contract/extra-questions.ts'
import { delays, personInformed, requesterKinds } from '../../contract/value-sets.ts'
import { useNarrow } from '../use-narrow.ts'
import { AnswerTokens } from './AnswerTokens.tsx'
import { CommuneField } from './CommuneField.tsx'
import { noOneByDefault, requesterKindOf, toldPerson } from './capture-values.ts'
import { DirectoryField } from './DirectoryField.tsx'
import { ExtraQuestions } from './ExtraQuestions.tsx'
import { MotiveTokens } from './MotiveTokens.tsx'
import { CandidateLines } from './Recognised.tsx'
import type { Capture } from './use-capture.ts'

/** Who is on the telephone, and where to call back. */
export function CallerFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const kind = requesterKindOf(values)
  const isRequest = values.firstKey === 'new_request'
  return (
    <>
      <DirectoryField
        label="Qui appelle"
        span={7}
        autoFocus
        value={values.caller}
        near={values.communeCode}
        error={form.errors['caller']}
        placeholder="Mme Thiriet, son épouse"
        inside={isRequest && values.asker === 'caller' && kind ? <span className="tok tok--short">{kinds.label(kind)}</span> : null}
        onType={(caller) => change({ caller, callerPartyId: null, ...(values.callerPartyId ? { requesterKind: '' } : {}) })}
        onPick={(hit) =>
          change({
            caller: hitSentence(hit),
            callerPartyId: hit.partyId,
            requesterKind: kindOfFacet[hit.facet] ?? '',
            callerPhone: values.callerPhone || (hit.phone ?? ''),
          })
        }
      />
      <PhoneField
        label="À rappeler au"
        span={5}
        value={values.callerPhone}
        error={form.errors['callerPhone']}
        onChange={(callerPhone) => change({ callerPhone })}
      />
    </>
  )
}

/** « L’appelante », « L’appelant »: the word follows the civility that was typed. */
function callerWord(caller: string): string {
  if (/^\s*(mme|mlle|madame|mademoiselle)\b/i.test(caller)) return 'L’appelante'
  return /^\s*(m|mr|monsieur)\b/i.test(caller) ? 'L’appelant' : 'Qui appelle'
}

/** Everything of a new request, in the order in which the caller speaks. */
export function RequestFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const delayList = useValueList(delays.code, delays.values)
  const informedList = useValueList(personInformed.code, personInformed.values)
  const narrow = useNarrow()
  const kind = requesterKindOf(values)
  const naming = values.person.trim() === '' ? null : blockedBy('name_person', kind, values.extra)
  return (
    <>
      <SegmentedChoice
        label="Qui demande"
        span={5}
        value={values.asker}
        options={[
          { value: 'caller', label: callerWord(values.caller) },
          { value: 'other', label: 'Quelqu’un d’autre' },
        ]}
        onChange={(asker) => change({ asker, requesterKind: '' })}
      />
      <DirectoryField
        label="Orientée par"
        hint="sera tenu informé"
        span={7}
        value={values.referredBy}
        near={values.communeCode}
        error={form.errors['referredBy']}
        onType={(referredBy) => change({ referredBy, referredByPartyId: null })}
        onPick={(hit) => change({ referredBy: hitSentence(hit), referredByPartyId: hit.partyId })}
      />
      <RequesterFields capture={capture} kind={kind} />
      <ExtraQuestions kind={kind} answers={values.extra} onChange={(extra) => change({ extra })} />
      <ComboField
        label="Pour qui"
        hint="nom, date de naissance : dans l’ordre qui vient"
        span={7}
        combo={capture.persons}
        option={narrow ? (hit) => <CandidateLines hit={hit} at={null} /> : undefined}
        value={values.person}
        error={naming?.reason ?? form.errors['person']}
        onChange={(person) => change({ person, personId: null })}
        inside={<PersonInside capture={capture} />}
      />
      <CommuneWithDac capture={capture} />
      <AreaField
        label="Ce qui est demandé"
        hint="motifs proposés d’après le texte"
        rows={3}
        value={values.text}
        error={form.errors['text']}
        onChange={(text) => change({ text })}
        below={<MotiveTokens text={values.text} chosen={values.motives} onChange={(motives) => change({ motives })} />}
      />
      <SegmentedChoice
        label="À traiter sous"
        span={7}
        value={values.urgency}
        options={delayList.values.map(({ code, label }) => ({ value: code, label: code === 'no_deadline' ? 'Sans délai' : label }))}
        onChange={(urgency) => change({ urgency })}
      />
      <SegmentedChoice
        label={`${values.personId && values.personAsked ? values.personAsked : 'La personne est-elle informée'}\u202f?`}
        span={5}
        value={values.personInformed}
        options={informedList.values.slice(0, 3).map(({ code, label }) => ({ value: code, label }))}
        onChange={(informed) => change({ personInformed: informed })}
      />
      <AreaField
        label="Réponse donnée maintenant"
        hint="facultatif si la demande reste à qualifier"
        rows={2}
        value={values.answer}
        error={form.errors['answer']}
        onChange={(answer) => change({ answer })}
        below={
          <AnswerTokens
            text={values.answer}
            chosen={values.answers}
            onChange={(answers) => change({ answers })}
            reason={values.noFollowUpReason}
            onReason={(noFollowUpReason) => change({ noFollowUpReason })}
          />
        }
      />
    </>
  )
}

/** Who asks, when it is not who calls; and what she is counted as, when nothing typed tells it. */
function RequesterFields({ capture, kind }: { readonly capture: Capture; readonly kind: string }): ReactNode {
  const { values, form, change } = capture
  const kinds = useValueList(requesterKinds.code, requesterKinds.values)
  const [choosing, setChoosing] = useState(false)
  const someone = values.asker === 'caller' ? values.caller : values.requester
  const unknown = someone.trim() !== '' && kind === ''
  const shown = values.asker === 'other' || unknown || choosing || Boolean(form.errors['requesterKind'])
  if (!shown) return null
  const groups = kinds.values.filter(({ parent }) => !parent)
  return (
    <>
      {values.asker === 'other' ? (
        <DirectoryField
          label="Nom de qui demande"
          span={7}
          value={values.requester}
          near={values.communeCode}
          error={form.errors['requester']}
          onType={(requester) => change({ requester, requesterPartyId: null, ...(values.requesterPartyId ? { requesterKind: '' } : {}) })}
          onPick={(hit) => change({ requester: hitSentence(hit), requesterPartyId: hit.partyId, requesterKind: kindOfFacet[hit.facet] ?? '' })}
        />
      ) : null}
      <SelectField
        label="Compté comme"
        span={values.asker === 'other' ? 5 : 12}
        value={kind}
        error={form.errors['requesterKind']}
        placeholder="À choisir : cela n’est pas dit"
        options={groups.flatMap((group) =>
          kinds.values.filter(({ parent }) => parent === group.code).map(({ code, label }) => ({ value: code, label, group: group.label })),
        )}
        onChange={(requesterKind) => {
          setChoosing(true)
          change({ requesterKind })
        }}
      />
    </>
  )
}

/** Inside « Pour qui »: what was understood, or that no one is named. */
function PersonInside({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, change, understood } = capture
  if (values.personId)
    return (
      <>
        <Token ok>reconnue</Token>
        <button type="button" className="linklike tok__link" onClick={() => change({ personId: null })}>
          détacher
        </button>
      </>
    )
  if (values.person.trim() !== '') {
    const { birthDate } = toldPerson(values.person)
    const words = understood[0] ?? null
    return words || birthDate ? (
      <Token>{birthDate ? `${birthDate.split('-').reverse().join('/')} compris, ${ageOn(birthDate, today())} ans` : words}</Token>
    ) : null
  }
  const kind = values.noOne || noOneByDefault(values.motives, values.text)
  return (
    <button type="button" className="tok tok--add" onClick={() => change({ noOne: kind === 'nobody' ? 'unnamed' : 'nobody' })}>
      <Ic of={IconUserOff} size="s" />
      {kind === 'nobody' ? 'sans personne' : 'personne non nommée'}
    </button>
  )
}

function CommuneWithDac({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const actor = useActor()
  const { data } = useJalonQuery(dacForCommune, { communeCode: values.communeCode ?? '' }, { enabled: values.communeCode !== null })
  const dac = values.communeCode === null ? null : (data?.dac ?? null)
  const ours = dac?.id === actor.serviceId
  return (
    <CommuneField
      span={5}
      value={values.commune}
      error={form.errors['commune']}
      onType={(commune) => change({ commune, communeCode: null, transferTo: null })}
      onPick={(hit) => change({ commune: communeLabel(hit), communeCode: hit.code, transferTo: null })}
      inside={values.communeCode === null || data === undefined ? null : ours ? <Token ok>notre DAC</Token> : <Token>{dac ? 'autre DAC' : 'aucun DAC'}</Token>}
    />
  )
}
