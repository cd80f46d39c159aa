import '../circle.css'
import { Drawer } from '@mantine/core'
import { IconArrowBackUp, IconEarOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { type DirectoryHit, hitDetail } from '../../../directory/contract/hit.ts'
import { searchDirectory } from '../../../directory/contract/queries.ts'
import type { PersonTarget } from '../../../persons/contract/person.ts'
import { silenceTitle } from '../../../persons/contract/silences.ts'
import { newId, type PersonId } from '../../../platform/contract/ids.ts'
import { callQuery } from '../../../platform/web/api/client.ts'
import { Notice } from '../../../platform/web/display/Notice.tsx'
import { Token } from '../../../platform/web/display/StatusPill.tsx'
import { ComboField } from '../../../platform/web/form/ComboField.tsx'
import { DayField } from '../../../platform/web/form/DayField.tsx'
import { DraftWords, Form, FormFoot } from '../../../platform/web/form/Form.tsx'
import { PhoneField } from '../../../platform/web/form/PhoneField.tsx'
import { SegmentedChoice } from '../../../platform/web/form/SegmentedChoice.tsx'
import { SelectField } from '../../../platform/web/form/SelectField.tsx'
import { TextField } from '../../../platform/web/form/TextField.tsx'
import { useActionForm } from '../../../platform/web/form/use-action-form.ts'
import { useCombo } from '../../../platform/web/form/use-combo.ts'
import { useValueList } from '../../../platform/web/lists/value-lists.tsx'
import { today } from '../../../platform/web/text/dates.ts'
import { plural, typo } from '../../../platform/web/text/typography.ts'
import { addMember } from '../../contract/actions.ts'
import type { MemberId, MemberKind } from '../../contract/member.ts'
import type { CircleData } from '../../contract/queries.ts'
import { AccessChoice, type AccessValues, noAccess, wishOf } from './AccessChoice.tsx'
import { rolesHeld, silenceTowards } from './member-words.ts'
import { mayJoinTeam, whyClosed } from './opening.ts'
import { kindOf, roleProposedFor } from './role-proposals.ts'
import { useRoleOptions } from './use-role-options.ts'

type Source = 'directory' | 'relative' | 'contact'

interface Values extends AccessValues {
  readonly id: string
  readonly source: Source
  readonly kind: MemberKind
  readonly partyId: string
  readonly name: string
  readonly relation: string
  readonly role: string
  readonly startsOn: string
  readonly phone: string
  readonly does: string
  readonly documentSeen: string
}

const searchCards = async (text: string, signal: AbortSignal): Promise<readonly DirectoryHit[]> =>
  (await callQuery(searchDirectory, { text, limit: 7 }, signal)).rows

/** Names somebody around the person, from the directory or by hand, and says in the same sheet whether the file opens to her. */
export function AddMember(props: {
  readonly personId: PersonId
  readonly circle: CircleData
  readonly target: PersonTarget | null
  readonly onClose: () => void
  /** Chosen before, on the map or in the list around the person. */
  readonly hit?: DirectoryHit | undefined
  /** « Accord hors équipe »: a professional of the directory, with what the person agreed to; nothing else is offered. */
  readonly consent?: boolean | undefined
}): ReactNode {
  const { personId, circle, target, onClose, hit, consent = false } = props
  const relations = useValueList('persons.relation')
  const [hasAccount, setHasAccount] = useState(hit?.hasAccount ?? true)
  const [unpicked, setUnpicked] = useState(false)
  const form = useActionForm<typeof addMember, Values>(addMember, {
    target,
    draftKey: `careTeam.${consent ? 'consent' : 'add'}:${personId}${hit === undefined ? '' : `:${hit.partyId}`}`,
    initialValues: () => ({
      ...noAccess(),
      ...(consent ? { basis: 'consent' as const } : {}),
      id: newId<MemberId>(),
      source: 'directory',
      kind: hit === undefined ? 'professional' : kindOf(hit),
      partyId: hit?.partyId ?? '',
      name: hit?.label ?? '',
      relation: '',
      role: hit === undefined ? '' : roleProposedFor(hit),
      startsOn: today(),
      phone: hit?.phone ?? '',
      does: '',
      documentSeen: '',
    }),
    toInput: (values) => ({
      id: values.id as MemberId,
      personId,
      kind: values.source === 'directory' ? values.kind : values.source,
      partyId: values.source === 'directory' ? values.partyId || null : null,
      name: values.name,
      relation: values.source === 'relative' ? values.relation : null,
      roles: values.role === '' ? [] : [values.role],
      startsOn: values.startsOn,
      phone: values.phone,
      does: values.does,
      documentSeen: values.documentSeen,
      access: closed === null && !alreadyOpen ? wishOf(access) : null,
    }),
    fieldOf: (path) => (path === 'roles' ? 'role' : path.replace(/^access\./, '')),
    done: ({ accessId, returned }) =>
      `${returned ? 'De retour dans le cercle' : 'Dans le cercle'}${accessId === null ? ', sans accès au dossier.' : '. Le dossier lui est ouvert.'}`,
    onDone: onClose,
    invalidates: ['persons', 'liaison'],
  })
  const { values } = form
  const combo = useCombo<DirectoryHit>({
    search: searchCards,
    keyOf: (hit) => hit.partyId,
    onPick: (hit) => {
      setHasAccount(hit.hasAccount)
      form.setAll({ partyId: hit.partyId, name: hit.label, kind: kindOf(hit), role: roleProposedFor(hit) || values.role, phone: hit.phone ?? '' })
    },
  })
  const known = values.partyId === '' ? undefined : circle.members.find((member) => member.partyId === values.partyId)
  const silence = silenceTowards({ partyId: values.partyId || null, name: values.name }, circle.silences)
  const byHand = values.source !== 'directory'
  const closed = whyClosed(
    { kind: byHand ? (values.source as MemberKind) : values.kind, partyId: byHand ? null : values.partyId || null },
    circle.sharing,
    silence,
  )
  const alreadyOpen: boolean = known?.current === true && known.access !== null
  const held = known === undefined ? [] : rolesHeld(known)
  const roles: readonly string[] = [...held, ...(values.role === '' ? [] : [values.role])]
  // A role changed for one that R. 1110-2 does not name takes the équipe de soins back.
  const access: AccessValues = values.basis === 'care_team' && !mayJoinTeam(roles) ? { ...values, basis: 'none' } : values
  const roleOptions = useRoleOptions(values.source, held)
  const picked = byHand || values.partyId !== ''
  // A name that no card bears is not sent as a professional: ↵ alone would.
  const refuseUnpicked = async (): Promise<null> => {
    setUnpicked(true)
    return null
  }
  const takeBy = (source: Source, role: string): void =>
    form.setAll({
      source,
      partyId: '',
      kind: source === 'directory' ? 'professional' : source,
      role,
      ...(values.partyId === '' ? {} : { name: '', phone: '' }),
    })
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={consent ? 'Accord hors de l’équipe de soins' : 'Ajouter au cercle, inviter'}
      className="circle-drawer"
    >
      <Form form={picked ? form : { ...form, submit: refuseUnpicked }}>
        {consent ? (
          <Span>
            <p className="small">
              {typo(
                'Prado, MSSanté, un service hors de l’équipe : la personne donne son accord avant, pour ce partage, par tout moyen (L. 1110-4, III). Elle peut le retirer à tout moment.',
              )}
            </p>
          </Span>
        ) : (
          <SegmentedChoice
            value={values.source}
            label="Qui est-ce"
            onChange={(source) => takeBy(source, source === 'relative' ? 'relative' : source === 'contact' ? 'other' : '')}
            span={12}
            options={[
              { value: 'directory', label: 'Professionnel ou service' },
              { value: 'relative', label: 'Un proche' },
              { value: 'contact', label: 'Autre contact' },
            ]}
          />
        )}
        {byHand ? (
          <TextField {...form.field('name')} key={values.source} label="Prénom et nom" span={values.source === 'relative' ? 7 : 12} autoFocus />
        ) : (
          <ComboField
            combo={combo}
            value={values.name}
            onChange={(name) => {
              setUnpicked(false)
              form.setAll({ name, partyId: '' })
            }}
            error={
              form.errors.name ??
              (unpicked ? typo(`Choisissez une fiche de l’annuaire${consent ? '' : ', ou « Autre contact »'}. Votre saisie est gardée.`) : undefined)
            }
            label="Nom, métier ou commune"
            help={
              values.partyId === ''
                ? typo(
                    consent
                      ? 'Un accord nomme un professionnel de l’annuaire : lui seul en bénéficie, pas son service.'
                      : 'Choisi dans l’annuaire, sa fiche et son numéro suivent. Absent de l’annuaire : « Autre contact ».',
                  )
                : undefined
            }
            span={12}
            autoFocus
            inside={values.partyId === '' ? undefined : <Token ok>de l’annuaire</Token>}
            option={(hit) => (
              <>
                <b>{hit.label}</b> <span className="small mut">{hitDetail(hit)}</span>
              </>
            )}
            otherwise={
              consent ? null : (
                <button type="button" className="linklike small" onClick={() => takeBy('contact', 'other')}>
                  {typo(`Ajouter « ${values.name} » à la main, comme simple contact`)}
                </button>
              )
            }
          />
        )}
        {values.source === 'relative' ? <SelectField {...form.field('relation')} label="Lien" options={relations.options} span={5} /> : null}
        {known?.current ? (
          <Span>
            <Notice live>
              <b>Déjà dans le cercle.</b> {typo('Choisissez un autre rôle : il s’ajoute au sien.')}
              {known.access ? ' Le dossier est déjà ouvert.' : ''}
            </Notice>
          </Span>
        ) : null}
        {known !== undefined && !known.current ? (
          <Span>
            <Notice tone="info" icon={IconArrowBackUp} live>
              <b>A déjà fait partie du cercle</b> ({plural(known.roles.length, 'période')}). Sa fiche reprend, les deux périodes restent. Son accès d’avant ne
              revient pas de lui-même.
            </Notice>
          </Span>
        ) : null}
        {silence !== undefined && silence.kind !== 'no_sharing' ? (
          <Span>
            <Notice tone="alert" icon={IconEarOff} live>
              <b>{silenceTitle(silence)}.</b> {silence.reason ?? 'À la demande de la personne.'}
            </Notice>
          </Span>
        ) : null}
        {picked ? (
          <>
            <SelectField {...form.field('role')} label="Son rôle" options={roleOptions} span={8} />
            <DayField {...form.field('startsOn')} label="Depuis le" span={4} />
            {values.role === 'trusted_person' ? (
              <TextField
                {...form.field('documentSeen')}
                label="Écrit de désignation"
                optional
                placeholder="vu le 04/02/2026"
                span={12}
                help="Elle est désignée par écrit par la personne (L. 1111-6)."
              />
            ) : null}
            {alreadyOpen ? null : (
              <AccessChoice
                values={access}
                field={(name) => form.field(name)}
                roles={roles}
                closed={closed}
                usual={byHand || values.kind === 'structure'}
                consentOnly={consent}
              />
            )}
            {!byHand && values.kind === 'professional' && !hasAccount && access.basis !== 'none' ? (
              <Span>
                <p className="small mut">
                  {typo('Pas encore de compte Jalon : à sa première connexion par Pro Santé Connect, ce professionnel la trouvera dans « Mes patients ».')}
                </p>
              </Span>
            ) : null}
            <PhoneField {...form.field('phone')} label="Téléphone" optional span={4} />
            <TextField {...form.field('does')} label="Que faire" optional placeholder="toilette, pilulier, courses…" span={8} />
          </>
        ) : null}
        {picked ? (
          <FormFoot form={form} submit={access.basis === 'none' || closed !== null || alreadyOpen ? 'Ajouter, sans accès' : 'Ajouter et ouvrir le dossier'} />
        ) : (
          <DraftWords draft={form.draft} />
        )}
      </Form>
    </Drawer>
  )
}

const Span = ({ children }: { readonly children: ReactNode }): ReactNode => <div style={{ gridColumn: 'span 12' }}>{children}</div>
