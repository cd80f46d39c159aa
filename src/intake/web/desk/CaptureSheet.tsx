import './capture.css'
import { IconCloudCheck, IconUserOff } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useState } from 'react'
import { hitSentence } from '../../../directory/contract/hit.ts'
import { ageOn } from '../../../platform/contract/dates.ts'
import { useActor } from '../../../platform/web/api/SessionProvider.tsx'
import { useJalonQuery } from '../../../platform/web/api/use-query.ts'
import { Button } from '../../../platform/web/display/Button.tsx'
import { Ic } from '../../../platform/web/display/Ic.tsx'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DraftWords } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { Segmented, SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { AreaField } from '../../../platform/web/form/TextField.tsx'
import { CenterColumn } from '../../../platform/web/layout/Columns.tsx'
import { useKey } from '../../../platform/web/shell/keys.ts'
import { today } from '../../../platform/web/text/dates.ts'
import { typo } from '../../../platform/web/text/typography.ts'
import { communeLabel } from '../../../territory/contract/commune.ts'
import { colleagues, dacForCommune } from '../../../territory/contract/queries.ts'
import { kindOfFacet } from '../../contract/caller.ts'
import { blockedBy } from '../../contract/extra-questions.ts'
import { delays, firstKeys, personInformed, requesterKinds } from '../../contract/value-sets.ts'
import { useList } from '../use-list.ts'
import { useNarrow } from '../use-narrow.ts'
import { AnswerTokens } from './AnswerTokens.tsx'
import { CallBar } from './CallBar.tsx'
import { CommuneField } from './CommuneField.tsx'
import { type FirstKey, noOneByDefault, requesterKindOf, toldPerson } from './capture-values.ts'
import { DirectoryField } from './DirectoryField.tsx'
import { ExtraQuestions } from './ExtraQuestions.tsx'
import { MotiveTokens } from './MotiveTokens.tsx'
import { CandidateLines } from './Recognised.tsx'
import type { Capture } from './use-capture.ts'

/** Focuses the field of a label: the sheet is filled from the keyboard, in the order in which the caller speaks. */
function goTo(sheet: RefObject<HTMLDivElement | null>, label: string): void {
  const labels = [...(sheet.current?.querySelectorAll('label') ?? [])]
  const found = labels.find((one) => one.textContent?.trim().startsWith(label))
  if (found?.htmlFor) document.getElementById(found.htmlFor)?.focus()
}

/** The whole capture of a call on one sheet. */
export function CaptureSheet(props: { readonly capture: Capture; readonly sheet: RefObject<HTMLDivElement | null> }): ReactNode {
  const { capture, sheet } = props
  const { values, form, change } = capture
  const keys = useList(firstKeys)
  const isRequest = values.firstKey === 'new_request'
  useKey('Ctrl+Enter', capture.answerAndClose, isRequest ? 'Répondre et clore' : 'Enregistrer')
  useKey('Alt+Enter', capture.toQualify, 'À qualifier', isRequest)
  useKey('Alt+q', () => goTo(sheet, 'Qui appelle'), 'Aller à « Qui appelle »')
  useKey('Alt+p', () => goTo(sheet, 'Pour qui'), 'Aller à « Pour qui »')
  useKey('Alt+c', () => goTo(sheet, 'Commune'), 'Aller à « Commune »', isRequest)
  useKey('Alt+t', () => goTo(sheet, isRequest ? 'Ce qui est demandé' : 'Ce qui a été dit'), 'Aller au texte')
  useKey('Alt+r', () => goTo(sheet, 'Réponse donnée maintenant'), 'Aller à la réponse', isRequest)

  return (
    <CenterColumn
      label="Saisie de l’appel"
      head={
        <CallBar
          channel={values.channel}
          onChannel={(channel) => change({ channel })}
          receivedAt={values.receivedAt}
          onReceivedAt={(receivedAt) => change({ receivedAt })}
          phone={values.callerPhone}
          startedAt={capture.startedAt}
          onEmergency={(words) => change({ urgency: 'within_24h', answer: [values.answer, words].filter(Boolean).join('\n') })}
        />
      }
      foot={<Foot capture={capture} />}
    >
      <div ref={sheet} className="stack stack--3">
        <Segmented
          label="Nature de l’appel"
          large
          digits
          value={values.firstKey}
          options={keys.values.map(({ code, label }) => ({ value: code as FirstKey, label }))}
          onChange={(firstKey) => change({ firstKey })}
        />
        <div className="form">
          <CallerFields capture={capture} />
          {isRequest ? <RequestFields capture={capture} /> : <ContactFields capture={capture} />}
        </div>
        {isRequest && form.draft.restored ? <Notice tone="info">Cette saisie avait été laissée en cours : elle est revenue telle quelle.</Notice> : null}
      </div>
    </CenterColumn>
  )
}

function CallerFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const kinds = useList(requesterKinds)
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

function RequestFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const delayList = useList(delays)
  const informedList = useList(personInformed)
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
  const kinds = useList(requesterKinds)
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

/** Follow-up of a known file, message, mistake: a few words, and for whom. */
function ContactFields({ capture }: { readonly capture: Capture }): ReactNode {
  const { values, form, change } = capture
  const narrow = useNarrow()
  const team = useJalonQuery(colleagues, { functions: ['front_desk', 'referent', 'doctor', 'team_lead'] }, { enabled: values.firstKey === 'message' })
  return (
    <>
      {values.firstKey === 'message' ? (
        <SelectField
          label="Pour"
          span={5}
          value={values.colleagueId}
          error={form.errors['colleagueId']}
          options={(team.data?.rows ?? []).map(({ userId, name, jobTitle }) => ({
            value: userId,
            label: jobTitle ? `${name}, ${jobTitle.toLowerCase()}` : name,
          }))}
          onChange={(colleagueId) => change({ colleagueId })}
        />
      ) : null}
      {values.firstKey === 'mistake' ? null : (
        <ComboField
          label="Pour qui"
          hint="nom, date de naissance : dans l’ordre qui vient"
          span={values.firstKey === 'message' ? 7 : 12}
          combo={capture.persons}
          option={narrow ? (hit) => <CandidateLines hit={hit} at={null} /> : undefined}
          value={values.person}
          onChange={(person) => change({ person, personId: null })}
          inside={values.personId ? <Token ok>reconnue</Token> : null}
        />
      )}
      <AreaField
        label="Ce qui a été dit"
        optional={values.firstKey === 'mistake'}
        rows={values.firstKey === 'mistake' ? 2 : 5}
        value={values.text}
        onChange={(text) => change({ text })}
      />
      <div className="f" style={{ '--span': 12 } as React.CSSProperties}>
        <Notice>
          {values.firstKey === 'follow_up'
            ? 'Va dans les échanges de la personne. N’est pas compté comme une demande.'
            : values.firstKey === 'message'
              ? 'Arrive à votre collègue, avec le numéro à rappeler. N’est pas compté comme une demande.'
              : typo('Faux numéro, démarchage : noté en une touche, compté nulle part.')}
        </Notice>
      </div>
    </>
  )
}

function Foot({ capture }: { readonly capture: Capture }): ReactNode {
  const { form, values, pending, error } = capture
  const isRequest = values.firstKey === 'new_request'
  return (
    <div className="formfoot">
      <DraftWords draft={form.draft} />
      {form.touched && !form.draft.savedAt ? (
        <span className="small mut row" style={{ gap: 5 }}>
          <Ic of={IconCloudCheck} size="s" />
          Brouillon en cours
        </span>
      ) : null}
      {error ? (
        <span className="formfoot__why formfoot__why--error" role="alert">
          {error}
        </span>
      ) : null}
      <span className="end row">
        {isRequest ? (
          <Button keys="Alt+Enter" blocked={pending} onClick={capture.toQualify}>
            {values.transferTo ? 'Transmettre' : 'À qualifier'}
          </Button>
        ) : null}
        <Button main keys="Ctrl+Enter" blocked={pending} onClick={capture.answerAndClose}>
          {isRequest ? 'Répondre et clore' : 'Enregistrer'}
        </Button>
      </span>
    </div>
  )
}
